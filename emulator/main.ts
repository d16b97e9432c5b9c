#!/usr/bin/env node
import { parseArgs } from "node:util";
import { classicTokens, createEmulator, tokens } from "./index";

const usage = `Usage: pulumi-gitpod-emulator [--port N] [--state FILE] [--pace PACE]

Serves the Gitpod API on this machine, without an account.

  --port N          the port on 127.0.0.1; a free one when left out
  --state FILE      load the world from this file and save it there
  --pace PACE       how fast things happen: phases change after a quarter of a second (brisk, the default), after 1.5 s
                    (real), or every 25 ms (fast), which is too fast for clients that read and then listen
  --help            show this text
`;

const paces = ["brisk", "real", "fast"] as const;

main().catch((reason) => fail(reason instanceof Error ? reason.message : String(reason)));

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const { port, ...rest } = options;
  const emulator = createEmulator(rest);
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
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      emulator.close().then(
        () => process.exit(0),
        (reason) => fail(String(reason)),
      );
    });
  }
}

interface Options {
  port: number;
  pace: (typeof paces)[number];
  stateFile?: string;
}

function readOptions(args: string[]): Options | "help" {
  const { values } = parse(args);
  const port = Number(values.port ?? 0);
  const pace = paces.find((one) => one === (values.pace ?? "brisk"));
  if (values.help === true) {
    return "help";
  }
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port ${values.port}: a number from 0 to 65535 is needed\n\n${usage}`);
  }
  if (pace === undefined) {
    throw new Error(`--pace ${values.pace}: one of ${paces.join(", ")}\n\n${usage}`);
  }
  return { port, pace, ...(values.state === undefined ? {} : { stateFile: values.state }) };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string" },
        state: { type: "string" },
        pace: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`, { cause });
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
