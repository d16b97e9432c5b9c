import type * as Environments from "../../proto/gen/gitpod/v1/environment_pb";
import { orAbsent } from "../client/error/absence";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { environmentOf } from "../model/phase";
import type { JsonObject } from "../value/json";
import { lazily } from "../value/lazily";

/**
 * Returns in words that the environment in which an object lives does not run; undefined where it does, or where the
 * object lives in none. While it rests, so does what is in it.
 */
export async function restingHost(
  definition: Definition,
  { client, memory, signal }: Operation,
  remote: JsonObject,
): Promise<string | undefined> {
  const environmentId = environmentOf(definition, remote);
  if (environmentId === undefined) return undefined;
  const { EnvironmentPhase, EnvironmentService } = environments();
  const method = EnvironmentService.method.getEnvironment;
  const answer = await orAbsent(client.call(method, { environmentId }, { signal }));
  const status = answer?.environment?.status;
  if (!answer || status?.phase === EnvironmentPhase.DELETED) return `environment ${environmentId} is gone`;
  if (status?.phase !== EnvironmentPhase.STOPPED) return undefined;
  memory.started.delete(environmentId);
  const reason = [...status.failureMessage, status.machine?.timeout].filter(Boolean).join("; ");
  return `environment ${environmentId} is stopped${reason && ` (${reason})`}`;
}

/** Loaded with the first object that lives in an environment. */
const environments = lazily((): typeof Environments => require("../../proto/gen/gitpod/v1/environment_pb"));
