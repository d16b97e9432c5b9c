import { Command, CommanderError } from "commander";
import { own } from "../provider/client/user-agent";
import { addAdopt } from "./adopt";
import { addDoctor } from "./doctor";
import { addEmulator } from "./emulator";
import { exitCodes } from "./exit-codes";
import { addImportTerraform } from "./import-terraform";
import { paint } from "./paint";
import { addProbe } from "./probe";

/** Runs the program with its arguments. A failure is told in words on standard error, and by the exit code. */
export function run(args: readonly string[]): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endWithReader);
  process.on("uncaughtException", (error) => {
    fail(error);
    process.exit();
  });
  program().parseAsync(args, { from: "user" }).catch(fail);
}

function program(): Command {
  const program = new Command(own.name)
    .description("What comes with pulumi-gitpod beside the provider.")
    .usage("<command> [options]")
    .version(own.version, "--version", "print the version")
    .helpOption("--help", "print this text")
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => paint("bold", title) })
    .configureOutput({ outputError: () => undefined })
    .addHelpText("after", "\nExample:\n  npx pulumi-gitpod adopt --help\n")
    .exitOverride();
  for (const add of [addAdopt, addDoctor, addEmulator, addImportTerraform, addProbe]) add(program);
  return program;
}

/** What a command throws ends it: in words, since no frame of this package helps whoever reads them. */
function fail(error: unknown): void {
  if (!(error instanceof CommanderError)) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = exitCodes.failed;
  } else if (error.exitCode !== 0) {
    if (error.code !== "commander.help") say(inOneLine(error.message));
    process.exitCode = exitCodes.usage;
  }
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

/** Makes one sentence of what commander says in two lines. */
const inOneLine = (message: string): string =>
  message.replace(/^error: /, "").replace(/\n\(Did you mean (.*)\)$/, "; did you mean $1");

/** Whoever reads the output, such as `head`, may have enough of it. */
function endWithReader({ code }: NodeJS.ErrnoException): void {
  process.exit(code === "EPIPE" ? (process.exitCode ?? exitCodes.done) : exitCodes.failed);
}
