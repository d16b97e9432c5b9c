import type { Command } from "commander";
import type * as Adopt from "./adopt/adopt";
import { exitCodes } from "./exit-codes";

/** Adds the command that turns what an account has into a program. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description("Reads what the account of the token has, and writes a Pulumi project that declares it.")
    .option("--out <folder>", "the folder of the project", "gitpod")
    .option("--language <language>", "yaml, the default, or typescript; with --update that of the project")
    .option("--kinds <kinds>", "only these kinds, such as Project,Group")
    .option("--filter <name>", "only objects with this in their name, in upper or lower case; * stands for any text")
    .option("--dry-run", "write nothing, and say what would be written")
    .option("--update", "add what is new to the project that is there, in files of its own")
    .option("--apply", "import everything, and preview that nothing changes")
    .option("--stack <name>", "the stack for --apply, which is made where it is missing", "dev")
    .option("--no-protect", "let a destroy delete what is taken over")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      [
        "",
        "The account is that of the environment variables GITPOD_API_KEY and GITPOD_BASE_URL, and, for Gitpod Classic,",
        "GITPOD_CLASSIC_TOKEN. Nothing is written to it, so a read-only token is enough. It ends with 3 if something",
        "could not be read and may be missing.",
        "",
        "Example:",
        "  npx pulumi-gitpod adopt --out infrastructure --apply",
        "",
      ].join("\n"),
    )
    .action(async (options: Stated, command: Command) => {
      const { adopt, refusalOf }: typeof Adopt = require("./adopt/adopt");
      const { kinds, ...rest } = options;
      const wanted = { ...rest, ...(kinds !== undefined && { kinds: namesIn(kinds) }) };
      const refusal = refusalOf(wanted);
      if (refusal !== undefined) command.error(refusal, { exitCode: exitCodes.usage });
      process.exitCode = await adopt(wanted);
    });
}

/** What the command line states. */
interface Stated extends Omit<Adopt.Options, "kinds"> {
  readonly kinds?: string;
}

const namesIn = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
