import type { Command } from "commander";
import type * as Emulated from "../emulator";
import { exitCodes } from "./exit-codes";

/** Adds the command that serves the API on this machine. */
export function addEmulator(program: Command): void {
  program
    .command("emulator")
    .description("Serves the Gitpod API on this machine, without an account.")
    .option("--port <number>", "the port on 127.0.0.1; a free one when left out")
    .option("--state <file>", "load the world from this file and save it there")
    .option(
      "--pace <pace>",
      "how fast things happen: phases change after a quarter of a second (brisk, the default), after 1.5 s (real), or every 25 ms (fast), which is too fast for clients that read and then listen",
    )
    .option(
      "--assume <id=other...>",
      "switch a choice of the emulator to what the platform may do instead (docs/assumptions.md); may be repeated",
    )
    .addHelpText("after", "\nExample:\n  npx pulumi-gitpod emulator --port 8080 --state world.json\n")
    .action(serve);
}

interface Options {
  readonly port?: string;
  readonly pace?: string;
  readonly state?: string;
  readonly assume?: readonly string[];
}

const paces = ["brisk", "real", "fast"] as const;

async function serve(options: Options, command: Command): Promise<void> {
  const refuse = (message: string): never => command.error(message, { exitCode: exitCodes.usage });
  const port = Number(options.port ?? 0);
  const pace = paces.find((one) => one === (options.pace ?? "brisk"));
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return refuse(`--port ${options.port}: a number from 0 to 65535 is needed`);
  if (pace === undefined) return refuse(`--pace ${options.pace}: one of ${paces.join(", ")}`);
  const { classicTokens, createEmulator, readAssumed, tokens }: typeof Emulated = require("../emulator");
  const assume = assumed(() => readAssumed(options.assume ?? []), refuse);
  const emulator = createEmulator({ pace, assume, ...(options.state !== undefined && { stateFile: options.state }) });
  const { url } = await emulator.listen({ port }).catch((reason: NodeJS.ErrnoException) => {
    throw reason.code === "EADDRINUSE"
      ? new Error(`--port ${port}: another process listens there; name another port, or none for a free one`)
      : reason;
  });
  process.stdout.write(
    [
      `The emulator answers at ${url} with the token ${tokens.owner}. Stop it with Ctrl-C.`,
      "",
      `export GITPOD_BASE_URL=${url}/api`,
      `export GITPOD_API_KEY=${tokens.owner}`,
      `export GITPOD_CLASSIC_HOST=${url}`,
      `export GITPOD_CLASSIC_TOKEN=${classicTokens.owner}`,
      "",
    ].join("\n"),
  );
  const close = async (): Promise<never> => {
    await emulator.close();
    process.exit(exitCodes.done);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, close);
}

/** Refuses a choice that the emulator does not know as a mistake of the command line. */
function assumed(read: () => Emulated.Assumed, refuse: (message: string) => never): Emulated.Assumed {
  try {
    return read();
  } catch (error) {
    return refuse(`--assume: ${error instanceof Error ? error.message : error}`);
  }
}
