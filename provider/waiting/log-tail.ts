import { stripVTControlCharacters } from "node:util";
import type * as Environments from "../../proto/gen/gitpod/v1/environment_pb";
import { HttpError } from "../client/download";
import { redact } from "../client/error/redact";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { environmentOf } from "../model/phase";
import { allAt, type JsonObject } from "../value/json";
import { lazily } from "../value/lazily";
import { steps } from "../value/path";
import { plainLine } from "../value/plain-line";

/**
 * Returns the last lines of the log of an object as plain text without secrets; undefined where there is none, or none
 * to be had in time.
 */
export async function logTail(
  definition: Definition,
  operation: Operation,
  id: string,
  remote: JsonObject,
): Promise<string[] | undefined> {
  const [url] = allAt(remote, steps(definition.phase?.log ?? "[]"));
  if (typeof url !== "string" || url === "") return undefined;
  const end = new AbortController();
  const signal = operation.signal ? AbortSignal.any([operation.signal, end.signal]) : end.signal;
  operation.clock.sleep(patience, signal).then(
    () => end.abort(),
    () => undefined,
  );
  try {
    const log = await fetched(operation, environmentOf(definition, remote) ?? id, url, signal);
    const lines = linesOf(log, operation.secrets).slice(-lineCount);
    return lines.length === 0 ? undefined : lines;
  } catch {
    // A report without a log is better than none.
    return undefined;
  } finally {
    end.abort();
  }
}

/** Milliseconds for token and log together. */
const patience = 5000;

const lineCount = 20;

/** Characters. */
const lineLength = 400;

/** Bytes. */
const longest = 64 * 1024;

async function fetched(
  { client, clock }: Operation,
  environmentId: string,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const method = environments().EnvironmentService.method.createEnvironmentLogsToken;
  const { accessToken } = await client.call(method, { environmentId }, { signal });
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.download(url, accessToken, { signal, tail: longest });
    } catch (error) {
      if (attempt === attempts || !(error instanceof HttpError) || error.status !== 502) throw error;
      await clock.sleep(retryAfter, signal);
    }
  }
}

/** Loaded with the first log. */
const environments = lazily((): typeof Environments => require("../../proto/gen/gitpod/v1/environment_pb"));

/** How often a log is asked for whose place is not up yet, and the milliseconds between. */
const attempts = 4;
const retryAfter = 1000;

/** Of a line that rewrites itself, such as a progress bar, the last state counts. */
function linesOf(log: string, secrets: readonly string[]): string[] {
  return redact(stripVTControlCharacters(log), secrets)
    .split("\n")
    .map((line) => plainLine(line.trimEnd().split("\r").at(-1) ?? "", lineLength))
    .filter((line) => line !== "");
}
