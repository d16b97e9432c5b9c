import type { Command } from "commander";
import type * as TextFile from "../provider/value/text-file";
import type * as ImportFile from "../terraform/import-file";
import type * as State from "../terraform/state";

/** Adds the command that makes an import file of a state of the vendor's Terraform provider. */
export function addImportTerraform(program: Command): void {
  program
    .command("import-terraform")
    .description("Writes the file for `pulumi import --file` from a state of gitpod-io/ona.")
    .argument(
      "[file]",
      "the output of `terraform show -json`, or of `pulumi stack export` where Pulumi uses that provider through its bridge; standard input when left out",
    )
    .addHelpText(
      "after",
      [
        "",
        "For each resource that cannot be imported, standard error has a line with the reason.",
        "",
        "Example:",
        "  npx pulumi-gitpod import-terraform state.json > import.json",
        "",
      ].join("\n"),
    )
    .action(convertFile);
}

function convertFile(file: string | undefined): void {
  const { readText }: typeof TextFile = require("../provider/value/text-file");
  const { readState }: typeof State = require("../terraform/state");
  const { convert }: typeof ImportFile = require("../terraform/import-file");
  const resources = readState(readText(file ?? process.stdin.fd));
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
