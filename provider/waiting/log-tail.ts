import { stripVTControlCharacters } from "node:util";
import { toJson } from "@bufbuild/protobuf";
import { HttpError } from "../client/download";
import { redact } from "../client/error/redact";
import { naming } from "../model/address";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { enclosingOf } from "../model/phase";
import { allAt, at, type Json, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { plainLine } from "../value/plain-line";

/**
 * Returns the last lines of the log of an object as plain text without secrets; undefined where there is no log, or none
 * arrives in time.
 */
export async function logTail(
  definition: Definition,
  operation: Operation,
  id: string,
  remote: JsonObject,
): Promise<string[] | undefined> {
  const [url] = allAt(remote, steps(definition.phase?.log?.at ?? "[]"));
  if (typeof url !== "string" || url === "") return undefined;
  const end = new AbortController();
  const signal = operation.signal ? AbortSignal.any([operation.signal, end.signal]) : end.signal;
  operation.clock.sleep(patience, signal).then(
    () => end.abort(),
    () => undefined,
  );
  try {
    const enclosing = enclosingOf(definition, remote);
    const token = await tokenOf(enclosing?.definition() ?? definition, operation, enclosing?.id ?? id, signal);
    const log = await fetched(operation, url, token, signal);
    const lines = linesOf(log, operation.secrets).slice(-lineCount);
    return lines.length === 0 ? undefined : lines;
  } catch {
    // A report without a log is better than none.
    return undefined;
  } finally {
    end.abort();
  }
}

/** How long, in milliseconds, token and log may take together. */
const patience = 5000;

const lineCount = 20;

/** Characters of a line. */
const lineLength = 400;

/** Bytes of the log that are fetched, from its end. */
const longest = 64 * 1024;

async function tokenOf(
  definition: Definition,
  { client }: Operation,
  id: string,
  signal: AbortSignal,
): Promise<string> {
  const method = definition.phase?.log?.token;
  if (!method) throw new Error(`no call gives a token for the logs of ${definition.kind} ${id}`);
  const answer = await client.call(method, naming(definition, method, id), { signal });
  return String(at(toJson(method.output, answer) as Json, ["accessToken"]));
}

async function fetched({ client, clock }: Operation, url: string, token: string, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.download(url, token, { signal, tail: longest });
    } catch (error) {
      if (attempt === attempts || !(error instanceof HttpError) || error.status !== 502) throw error;
      await clock.sleep(retryAfter, signal);
    }
  }
}

/** How often a log is asked for while the place that serves it is not up yet, and the milliseconds in between. */
const attempts = 4;
const retryAfter = 1000;

/** Returns the lines of a log; of one that rewrites itself, such as a progress bar, the last state. */
function linesOf(log: string, secrets: readonly string[]): string[] {
  return redact(stripVTControlCharacters(log), secrets)
    .split("\n")
    .map((line) => plainLine(line.trimEnd().split("\r").at(-1) ?? "", lineLength))
    .filter((line) => line !== "");
}
