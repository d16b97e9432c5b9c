import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFunctions, loadKinds } from "../generate/kinds";
import { root } from "../root";
import { readComments } from "./comments";
import type * as Schema from "./schema";

const file = join(root, "provider", "plugin", "schema.json");

/** Writes the schema of the plugin. */
export async function generateSchema(): Promise<void> {
  writeFileSync(file, await schemaText());
}

/** Fails if the committed schema is not what the protos and the definitions say. */
export async function checkSchema(): Promise<void> {
  if (readFileSync(file, "utf8") === (await schemaText())) return;
  throw new Error("provider/plugin/schema.json is not what the protos say: run `npm run generate`.");
}

async function schemaText(): Promise<string> {
  // Loaded here because it imports the generated code that may have been generated a moment ago.
  const { schemaOf }: typeof Schema = require("./schema");
  const kinds = loadKinds().map(({ definition }) => definition);
  const functions = loadFunctions();
  return `${JSON.stringify(schemaOf(kinds, functions, await readComments()), null, 1)}\n`;
}
