import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command";
import { generateEnums } from "./generate-enums";
import { root } from "./root";
import { runScript } from "./run";
import { checkSchema, generateSchema } from "./schema/generate-schema";
import { filesUnder } from "./sources";

const proto = join(root, "proto");
const buf = require.resolve("@bufbuild/buf/bin/buf");

/** Lints the protos, writes their generated code and the constants of their enums to `proto/gen`, and the plugin's schema. */
export async function generate(): Promise<void> {
  await runBuf(["lint"]);
  await runBuf(["generate"]);
  generateEnums();
  await generateSchema();
}

/** Fails if `proto/gen` or the schema is not what the protos generate; leaves the work tree as it is. */
export async function checkGenerated(): Promise<void> {
  await runBuf(["lint"]);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-gen-"));
  try {
    await runBuf(["generate", "--output", folder]);
    generateEnums(join(folder, "gen"));
    const different = differences(join(folder, "gen"), join(proto, "gen"));
    if (different.length > 0)
      throw new Error(`proto/gen is not what the protos generate: run \`npm run generate\`.\n${different.join("\n")}`);
    await checkSchema();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    console.log(checks ? "The generated code is up to date." : "Wrote proto/gen and the schema of the plugin.");
  });
}
