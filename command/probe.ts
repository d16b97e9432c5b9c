import type { Command } from "commander";
import { exitCodes } from "./exit-codes";
import type * as Probe from "./probe/probe";

/** Adds the command that finds out whether a service does what the project assumes. */
export function addProbe(program: Command): void {
  program
    .command("probe")
    .description("Finds out on an account whether the service does what pulumi-gitpod assumes.")
    .option("--environments", "also start environments, which cost money", false)
    .option("--organization", "also change for moments what the whole organization shares", false)
    .option("--yes", "go on without a question", false)
    .option("--only <ids...>", "only these assumptions, by their ids", idsIn)
    .option("--project <id>", "the project for what needs one")
    .option("--class <id>", "the environment class for machines")
    .option("--timeout <seconds>", "how long one call may take", "30")
    .option("--out <file>", "write a report, without tokens, names and ids, that can be attached to an issue")
    .option("--list", "only say what would be tried, and what that makes", false)
    .addHelpText(
      "after",
      [
        "",
        "The account is that of the environment variables GITPOD_API_KEY and GITPOD_BASE_URL, and, for Gitpod Classic,",
        "GITPOD_CLASSIC_TOKEN. All that is made is called pulumi-gitpod-probe-…, costs nothing unless --environments is",
        "stated, and is removed again, also after a Ctrl-C; a second one ends that, too, and says what stays.",
        "",
        "A run takes about two minutes, and one with --environments about two hours, since it starts more than forty",
        "machines one after the other, and waits for each.",
        "",
        "It ends with 3 if nothing was found out, with 4 if an assumption is refuted, and with 5 if something that was",
        "made could not be removed.",
        "",
        "Example:",
        "  npx pulumi-gitpod probe --out report.json",
        "",
      ].join("\n"),
    )
    .action(async (stated: Stated, command: Command) => {
      const { probe, refusalOf }: typeof Probe = require("./probe/probe");
      const { class: environmentClass, timeout, ...rest } = stated;
      const options = { ...rest, environmentClass, seconds: Number(timeout) };
      const refusal = refusalOf(options);
      if (refusal !== undefined) command.error(refusal, { exitCode: exitCodes.usage });
      process.exitCode = await probe(options);
    });
}

/** Adds the ids in a word: also some with commas between them, and those that have what the emulator can do instead. */
function idsIn(word: string, before: readonly string[] = []): readonly string[] {
  const ids = word.split(",").map((id) => id.trim().replace(/=.*/, ""));
  return [...before, ...(ids.length > 1 ? ids.filter((id) => id !== "") : ids)];
}

/** What the command line states. */
interface Stated extends Omit<Probe.Options, "environmentClass" | "seconds"> {
  readonly class?: string;
  readonly timeout: string;
}
