import { readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import type { Cli } from "../tools/pulumi/cli";
import { root } from "../tools/root";
import { rowsOf, sectionOf } from "./markdown";
import type { Result } from "./result";

/** Writes the report of a run of so many rounds. */
export function reportOf(results: readonly Result[], runs: number, cli: Cli): string {
  const rows = results.flatMap((result) => result.rows ?? []);
  const tables = results.flatMap((result) => result.tables ?? []);
  const held = rows.filter(({ holds }) => holds).length;
  return `# What was measured

Written by \`npm run bench\`; how to read and repeat it is in [README.md](README.md).

${machine(cli)
  .map((line) => `- ${line}`)
  .join("\n")}
- ${runs} rounds

## What must hold

${held} of ${rows.length} hold.

${rowsOf(rows)}

${tables.map(sectionOf).join("\n")}`;
}

function machine({ version }: Cli): string[] {
  const [first, ...others] = cpus();
  return [
    new Date().toISOString().slice(0, 10),
    `${others.length + 1} cores (${first?.model.trim() ?? arch()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()}`,
    `Pulumi ${version}, Node.js ${process.versions.node}, ${packages.map((name) => `${name} ${versionOf(name)}`).join(", ")}`,
  ];
}

const packages = ["@pulumi/pulumi", "@grpc/grpc-js", "@connectrpc/connect", "@bufbuild/protobuf"];

/** Not every package lets its package.json be imported. */
const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;
