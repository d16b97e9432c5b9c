import { closeSync, openSync } from "node:fs";
import { Client, credentials } from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { redact } from "../client/error/redact";
import type { Voice } from "../model/operation";
import { lazily } from "../value/lazily";
import { plainLine } from "../value/plain-line";
import { engineAddress } from "./engine-address";

/** Returns how an operation speaks on the row of a resource, never saying a secret, and what ends that with it. */
export function voiceOf(
  urn: string | undefined,
  secrets: readonly string[],
): { voice: Voice; silence: () => Promise<void> } {
  // Lines may overtake each other on the way, so that each waits for the one before.
  let last = Promise.resolve();
  let shown = false;
  const say = (line: string, severity: LogSeverity, ephemeral: boolean): void => {
    last = last.then(() => log(urn, plainLine(redact(line, secrets)), severity, ephemeral));
  };
  return {
    voice: {
      progress: (line) => {
        shown = true;
        say(line, LogSeverity.INFO, true);
      },
      every: pace(),
      inform: (line) => say(line, LogSeverity.INFO, false),
      warn: (line) => say(line, LogSeverity.WARNING, false),
    },
    silence: () => {
      if (shown) say("", LogSeverity.INFO, true);
      return last;
    },
  };
}

/** Warns on the row of a resource, in a preview too. */
export async function warnOn(urn: string | undefined, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const { voice, silence } = voiceOf(urn, []);
  for (const line of lines) voice.warn(line);
  await silence();
}

/** Whether there is an engine to speak to. */
export const hasEngine = (): boolean => {
  engine ??= connectToEngine();
  return engine !== undefined;
};

/** Says a line on the row of a resource, or on that of the stack where the URN is empty; resolves when the engine has it. */
export function log(urn: string | undefined, line: string, severity: LogSeverity, ephemeral: boolean): Promise<void> {
  engine ??= connectToEngine();
  const client = engine;
  if (!client || urn === undefined) return Promise.resolve();
  const request = new LogRequest();
  request.setSeverity(severity);
  request.setMessage(line);
  request.setUrn(urn);
  request.setEphemeral(ephemeral);
  const deadline = Date.now() + patience;
  // A line that does not arrive is no reason to fail.
  return new Promise((resolve) => {
    client.makeUnaryRequest("/pulumirpc.Engine/Log", serialized, Number, request, { deadline }, () => resolve());
  });
}

const serialized = (request: LogRequest): Buffer => Buffer.from(request.serializeBinary());

/** Milliseconds. */
const patience = 2000;

let engine: Client | undefined;

/** Speaks to the engine at this address from now on. */
export function speakTo(address: string): void {
  engine = new Client(address, credentials.createInsecure());
}

function connectToEngine(): Client | undefined {
  const address = engineAddress();
  if (!address) return undefined;
  const { host, port } = address;
  return new Client(host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`, credentials.createInsecure());
}

/** Milliseconds between lines about the same phase. */
const pace = lazily(() => (hasTerminal() ? 10_000 : 30_000));

/** Whether a person may be watching, who wants to see more lines than a job's log. */
function hasTerminal(): boolean {
  if (process.env.CI) return false;
  try {
    closeSync(openSync(process.platform === "win32" ? "CONOUT$" : "/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
