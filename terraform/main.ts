#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { convert } from "./import-file";
import { readState } from "./state";

const usage = `Usage: pulumi-gitpod-import-terraform [FILE]

Writes the file for \`pulumi import --file\` from a state of gitpod-io/ona. FILE, or standard input, is the output of
\`terraform show -json\`, or of \`pulumi stack export\` where Pulumi uses that provider through its bridge. For each
resource that cannot be imported, standard error has a line with the reason.
`;

function main([file, ...others]: readonly string[]): void {
  if (file === "--help" || others.length > 0) {
    process.stdout.write(usage);
    process.exitCode = file === "--help" ? 0 : 2;
    return;
  }
  const resources = readState(readFileSync(file ?? process.stdin.fd, "utf8"));
  if (resources.length === 0)
    throw new Error("This state has no resources of gitpod-io/ona: no type begins with ona_ or ona:.");
  const { file: converted, left, untold } = convert(resources);
  process.stdout.write(`${JSON.stringify(converted, null, 2)}\n`);
  for (const line of left) process.stderr.write(`${line}\n`);
  process.stderr.write(
    `${converted.resources.length} of ${converted.resources.length + left.length} can be imported.\n`,
  );
  const kept = Object.entries(untold).map(([kind, names]) => `${kind} (${names.join(", ")})`);
  if (kept.length > 0)
    process.stderr.write(`No API gives these back, so the import leaves them out: ${kept.join(", ")}.\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
