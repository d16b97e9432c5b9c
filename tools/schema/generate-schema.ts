import { readFileSync, writeFileSync } from "node:fs";
import { schemaFile } from "../../provider/plugin/schema-text";
import { loadFunctions, loadKinds } from "../generate/kinds";
import { readComments } from "./comments";
import type * as Schema from "./schema";

/** Writes the schema of the plugin. */
export async function generateSchema(): Promise<void> {
  writeFileSync(schemaFile, await schemaText());
}

/** Fails if the committed schema is not what the protos and the definitions say. */
export async function checkSchema(): Promise<void> {
  if (readFileSync(schemaFile, "utf8") === (await schemaText())) return;
  throw new Error("provider/plugin/schema.json is not what the protos say: run `npm run generate`.");
}

async function schemaText(): Promise<string> {
  // Loaded here because it imports the generated code that may have been generated a moment ago.
  const { schemaOf }: typeof Schema = require("./schema");
  const kinds = loadKinds().map(({ definition }) => definition);
  const functions = loadFunctions();
  return `${JSON.stringify(schemaOf(kinds, functions, await readComments()), null, 1)}\n`;
}
