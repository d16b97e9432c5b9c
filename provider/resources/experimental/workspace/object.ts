import { at, isObject, type Json, type JsonObject, present } from "../../../value/json";

/** Returns a workspace as the API has it, as an object of the kind. */
export function objectOf({ workspaceId, ownerId, description, context, status }: Shown): JsonObject {
  const instance = at(status, ["instance"]);
  return present({
    id: workspaceId,
    contextUrl: at(context, ["contextUrl"]),
    ownerId,
    description,
    context,
    status,
    // What has no instance does not run; what does not say where its instance is, is on its way.
    phase: isObject(instance) ? at(instance, ["status", "phase"]) : "PHASE_STOPPED",
    failureMessage: failureOf(at(instance, ["status"])),
    statusVersion: versionOf(instance),
  });
}

/** Returns when the latest instance was made, in milliseconds since the epoch; a workspace tells no time of its own. */
export function startedAt(object: JsonObject): number | undefined {
  const time = at(object, ["status", "instance", "createdAt"]);
  return typeof time === "string" ? Date.parse(time) : undefined;
}

/** The parts of a workspace as the API has it. */
interface Shown {
  readonly [field: string]: Json | undefined;
}

function failureOf(status: Json | undefined): string | undefined {
  const failed = at(status, ["conditions", "failed"]);
  return failed === undefined
    ? undefined
    : [...new Set([failed, at(status, ["message"])])].filter((words) => words !== undefined).join("; ");
}

/** The counter begins anew with each instance; the time of that comes first. */
function versionOf(instance: Json | undefined): string | undefined {
  const made = at(instance, ["createdAt"]);
  if (typeof made !== "string") return undefined;
  return String((BigInt(Date.parse(made)) << 64n) + BigInt(String(at(instance, ["status", "statusVersion"]) ?? 0)));
}
