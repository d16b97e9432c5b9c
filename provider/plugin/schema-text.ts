import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getAsset, isSea } from "node:sea";

/** The name of the schema's file, and of the asset in the single executable. */
export const schemaName = "schema.json";

/** The file with the schema: generated beside this module, and put beside the bundled script by the build. */
export const schemaFile = join(__dirname, schemaName);

/** Reads the schema, which only GetSchema asks for. */
export const schemaText = (): string => (isSea() ? getAsset(schemaName, "utf8") : readFileSync(schemaFile, "utf8"));
