import type { Command } from "commander";
import type * as Look from "./doctor/look";
import { exitCodes } from "./exit-codes";
import { endOnInterrupt } from "./interrupt";

/** Adds the command that says what a support thread would ask. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Says what is installed and set, and whether the API answers: what somebody who helps would ask first.",
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      [
        "",
        "It prints no token and no other secret. It ends with 1 if something is wrong that stops `pulumi up`.",
        "",
        "Example:",
        "  npx pulumi-gitpod doctor",
        "",
      ].join("\n"),
    )
    .action(examine);
}

async function examine({ json = false }: { readonly json?: boolean }): Promise<void> {
  endOnInterrupt();
  const { look, lines }: typeof Look = require("./doctor/look");
  const checks = await look(process.cwd());
  const stops = checks.some((check) => check.stops === true);
  process.stdout.write(json ? `${JSON.stringify({ ok: !stops, checks }, null, 2)}\n` : lines(checks));
  process.exitCode = stops ? exitCodes.failed : exitCodes.done;
}
