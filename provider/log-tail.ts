import { EnvironmentService } from "../proto/gen/gitpod/v1/environment_pb";
import type { Definition } from "./definition";
import { allAt, at, type JsonObject } from "./json";
import type { Operation } from "./operation";
import { steps } from "./path";

/** Returns the last lines of the log of an object; undefined where there is none, or none to be had in time. */
export async function logTail(
  definition: Definition,
  { client }: Operation,
  id: string,
  remote: JsonObject,
): Promise<string[] | undefined> {
  const [url] = allAt(remote, steps(definition.phase?.log ?? "[]"));
  if (typeof url !== "string" || url === "") return undefined;
  const environmentId = environmentOf(definition, remote) ?? id;
  try {
    const signal = AbortSignal.timeout(patience);
    const method = EnvironmentService.method.createEnvironmentLogsToken;
    const { accessToken } = await client.call(method, { environmentId }, { signal });
    const text = await client.download(url, accessToken, { signal, tail: longest });
    const lines = text
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "");
    return lines.length === 0 ? undefined : lines.slice(-lineCount).map((line) => line.slice(0, lineLength));
  } catch {
    return undefined;
  }
}

/** Returns the environment that an object lives in, where it is not one itself. */
export function environmentOf(definition: Definition, remote: JsonObject): string | undefined {
  const path = definition.phase?.events?.environment;
  const id = path && at(remote, steps(path));
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Milliseconds for token and log together. */
const patience = 5000;

/** Bytes. */
const longest = 64 * 1024;

const lineCount = 20;
const lineLength = 400;
