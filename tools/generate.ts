import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { command } from "./command";
import type * as Assumptions from "./generate/assumptions";
import type * as Classes from "./generate/classes";
import { generateEnums } from "./generate/enums";
import { packageExports } from "./generate/exports";
import { type GeneratedFile, mark } from "./generate/file";
import type * as Functions from "./generate/functions";
import { byModule, loadKinds } from "./generate/kinds";
import { Names } from "./generate/named";
import { registers } from "./generate/registers";
import type * as Tables from "./generate/tables";
import { root } from "./root";
import { runScript } from "./run";
import { readComments } from "./schema/comments";
import { checkSchema, generateSchema } from "./schema/generate-schema";
import { filesUnder } from "./sources";

const proto = join(root, "proto");
const buf = require.resolve("@bufbuild/buf/bin/buf");

/**
 * Lints the protos, and writes what follows from them and the definitions: `proto/gen` with the constants of enums, the
 * registers and tables of kinds, and the plugin's schema.
 */
export async function generate(): Promise<void> {
  await runBuf(["lint"]);
  await runBuf(["generate"]);
  const files = await fromDefinitions();
  for (const path of leftOver(files)) rmSync(join(root, path));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  generateEnums();
  await generateSchema();
}

/** Fails if a file is not what the protos and the definitions generate; leaves the work tree as it is. */
export async function checkGenerated(): Promise<void> {
  await runBuf(["lint"]);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-gen-"));
  try {
    await runBuf(["generate", "--output", folder]);
    generateEnums(join(folder, "gen"));
    const different = differences(join(folder, "gen"), join(proto, "gen"));
    if (different.length > 0)
      throw new Error(`proto/gen is not what the protos generate: run \`npm run generate\`.\n${different.join("\n")}`);
    const files = await fromDefinitions();
    const old = [...leftOver(files), ...files.filter(isOld).map(({ path }) => path)];
    if (old.length > 0)
      throw new Error(
        `These files are not what the definitions generate: run \`npm run generate\`.\n${old.join("\n")}`,
      );
    await checkSchema();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromDefinitions(): Promise<GeneratedFile[]> {
  const kinds = loadKinds();
  // Loaded here because they import the definitions.
  const { classes }: typeof Classes = require("./generate/classes");
  const { callsOf, functionLoaders }: typeof Functions = require("./generate/functions");
  const { assumptionTables }: typeof Assumptions = require("./generate/assumptions");
  const { tables }: typeof Tables = require("./generate/tables");
  const comments = await readComments();
  const named = byModule(kinds).map((each) => ({ ...each, names: new Names(each.kinds, comments) }));
  return [
    ...registers(kinds),
    ...named.flatMap((each) => [...classes(each.kinds, each.names), ...callsOf(each)]),
    functionLoaders(kinds),
    ...packageExports(kinds),
    ...tables(kinds),
    ...assumptionTables(),
  ];
}

const isOld = ({ path, text }: GeneratedFile): boolean =>
  !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text;

/** Files that were generated and are not any more, such as the class of a kind that is gone. */
function leftOver(files: readonly GeneratedFile[]): string[] {
  const wanted = new Set(files.map(({ path }) => path));
  return ["provider", "sdk"]
    .flatMap((folder) => filesUnder(root, folder))
    .filter((path) => path.endsWith(".ts") && !wanted.has(path) && text(root, path).startsWith(mark));
}

async function runBuf(args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runScript(buf, args, { cwd: proto });
  if (code !== 0) throw new Error(`buf ${args[0]} failed:\n${(stdout + stderr).trim()}`);
}

/** One line for each file that is missing, left over or different. */
function differences(wanted: string, present: string): string[] {
  const wants = filesUnder(wanted, ".");
  const has = filesUnder(present, ".");
  return [
    ...wants.filter((file) => !has.includes(file)).map((file) => `  missing    ${file}`),
    ...has.filter((file) => !wants.includes(file)).map((file) => `  left over  ${file}`),
    ...wants
      .filter((file) => has.includes(file) && text(wanted, file) !== text(present, file))
      .map((file) => `  different  ${file}`),
  ];
}

function text(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

if (require.main === module) {
  command(async () => {
    const checks = process.argv.includes("--check");
    await (checks ? checkGenerated() : generate());
    console.log(
      checks ? "The generated code is up to date." : "Wrote proto/gen, and what follows from the definitions.",
    );
  });
}
