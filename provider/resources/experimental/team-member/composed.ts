import { Code, ConnectError } from "@connectrpc/connect";
import { orAbsent } from "../../../client/error/absence";
import { ApiError } from "../../../client/error/api-error";
import { identity } from "../../../client/identity";
import { make } from "../../../lifecycle/create-once";
import { removeObject } from "../../../lifecycle/remove-object";
import { write } from "../../../lifecycle/write";
import type { Definition, LifeCalls } from "../../../model/definition";
import { explained, type Operation } from "../../../model/operation";
import { findTogether } from "../../../reading/batch";
import { lags } from "../../../reading/confirm-gone";
import { allOf, scopeFilter } from "../../../reading/pages";
import type { JsonObject } from "../../../value/json";

/**
 * The server answers with the request, takes the ids of nobody, and keeps the last owner whatever it is asked: so each
 * write is read back.
 */
export const composed: Partial<LifeCalls> = {
  async make(definition, operation, inputs) {
    const made = await make(definition, operation, inputs);
    if (made.isEarlier) return made;
    let shown: JsonObject | undefined;
    try {
      shown = await readBack(definition, operation, made.id, inputs);
    } catch (failure) {
      // The membership may well be there, so that its id is kept.
      return { ...made, failure };
    }
    const remote = taken(definition, operation, made.id, inputs, shown);
    await warnOfOwn(definition, operation, made.id, inputs);
    return { ...made, remote };
  },

  async write(definition, operation, id, news, known) {
    const { inputs } = known;
    const { calls } = await write(definition, operation, id, news, known);
    if (calls === 0) return { calls };
    try {
      const remote = taken(definition, operation, id, news, await readBack(definition, operation, id, news));
      await warnOfOwn(definition, operation, id, news);
      return { calls, remote };
    } catch (error) {
      known.inputs = inputs;
      throw error;
    }
  },

  async remove(definition, operation, id, state) {
    const { client, voice } = operation;
    const others = () => otherOwners(definition, operation, id, state.inputs);
    const isOwn = state.outputs.userId === (await identity(client)).subjectId;
    // To whom is put out, the server says of everything in the team that it is not there.
    if (isOwn && ((await others()) ?? 0) > 0) {
      voice.warn(
        `${definition.kind} ${id} is kept: it is the token's own, which could do nothing to the team without it, so that it goes with the team, or when its user leaves`,
      );
      return;
    }
    try {
      await removeObject(definition, operation, id, state);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== Code.AlreadyExists) throw error;
      if ((await others()) !== 0) throw error;
      voice.warn(`${definition.kind} ${id} is kept: the team has no other owner, so that it goes with the team`);
    }
  },
};

/** Says what the token can no longer do whose own user is an owner no more. */
async function warnOfOwn(
  { kind }: Definition,
  { client, voice }: Operation,
  id: string,
  { role, userId }: JsonObject,
): Promise<void> {
  if (role === "TEAM_ROLE_OWNER" || userId !== (await identity(client)).subjectId) return;
  voice.warn(
    `${kind} ${id} is the token's own, which is no owner of the team any more and can change nothing there: another owner has to give the role back`,
  );
}

/** Reads the member until a read shows the role that was asked for, since reads may lag behind writes; returns what the last one shows. */
async function readBack(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
): Promise<JsonObject | undefined> {
  const { clock, signal } = operation;
  let remote: JsonObject | undefined;
  for (const pause of [0, ...lags]) {
    if (pause > 0) await clock.sleep(pause, signal);
    remote = await findTogether(definition, operation, id, { inputs });
    if (remote && remote.role === inputs.role) break;
  }
  return remote;
}

/** Returns the member that the server shows, unless it has not done what was asked. */
function taken(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
  remote: JsonObject | undefined,
): JsonObject {
  if (remote && remote.role === inputs.role) return remote;
  const why = remote
    ? `the server keeps ${remote.role ?? "another role"}, as it does while a team has no other owner`
    : "the server has accepted a user id that nobody has, and added nobody";
  const refusal = new ConnectError(why, Code.FailedPrecondition);
  throw explained(operation, `could not set the role of ${definition.kind} ${id}`, refusal);
}

/** Returns how many owners a team has beside this one; undefined where this is none. */
async function otherOwners(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
): Promise<number | undefined> {
  const members = (await orAbsent(allOf(definition, operation, scopeFilter(definition, inputs)))) ?? [];
  const owners = members.filter(({ role }) => role === "TEAM_ROLE_OWNER");
  return owners.some((owner) => owner.id === id) ? owners.length - 1 : undefined;
}
