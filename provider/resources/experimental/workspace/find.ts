import { toJson } from "@bufbuild/protobuf";
import { WorkspaceSchema, WorkspacesService } from "../../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Client } from "../../../client/client";
import { orAbsent } from "../../../client/error/absence";
import { identity } from "../../../client/identity";
import type { Operation } from "../../../model/operation";
import type { Clue } from "../../../model/state";
import type { Json, JsonObject } from "../../../value/json";
import { perOwner } from "../../../value/per-owner";
import { joinRound, list, most, type Round } from "./listing";
import { objectOf } from "./object";
import { isSameContext } from "./spelling";

/**
 * Reads a workspace; undefined where it is absent or deleted. A deleted one can still be read for a year, as if it had
 * stopped; only the lists of its owner tell. What is read together with others is read from such a list.
 */
export async function find(operation: Operation, id: string, clue: Clue): Promise<JsonObject | undefined> {
  const round = await joinRound(operation.client);
  const named = round.readers > 1 ? await namedIn(round, id).catch(() => undefined) : undefined;
  const object = named ?? (await readAlone(operation, id));
  if (!object || (!named && !(await isThere(operation, round, object, clue)))) return undefined;
  return { ...object, contextUrl: contextOf(operation, object, clue) };
}

async function readAlone({ client, signal }: Operation, id: string): Promise<JsonObject | undefined> {
  const request = { workspaceId: id };
  const answer = await orAbsent(client.call(WorkspacesService.method.getWorkspace, request, { signal }));
  return answer?.result && objectOf(toJson(WorkspaceSchema, answer.result) as JsonObject);
}

const namedIn = async (round: Round, id: unknown): Promise<JsonObject | undefined> =>
  (await round.list()).objects.find((object) => object.id === id);

/** Whether a workspace that can be read is not deleted. One that is cannot run, and is in no list of its owner. */
async function isThere(operation: Operation, round: Round, object: JsonObject, { inputs }: Clue): Promise<boolean> {
  const { client, voice } = operation;
  if (!atRest.has(object.phase) || object.ownerId !== (await identity(client)).subjectId) return true;
  if (await namedIn(round, object.id)) return true;
  if ((await round.list()).isWhole) return false;
  const { organizationId } = inputs ?? {};
  const { objects, isWhole } = await list(client, typeof organizationId === "string" ? organizationId : undefined);
  const isNamed = objects.some(({ id }) => id === object.id);
  if (isWhole || isNamed) return isNamed;
  const hidden = hiddenFrom(client);
  if (!hidden.has(object.id))
    voice.warn(
      `Workspace ${object.id} has stopped, and the API names no more than ${most} workspaces, this one not among them: whether it is deleted cannot be told, so it is kept`,
    );
  hidden.add(object.id);
  return true;
}

/** Phases of a workspace that may be deleted. */
const atRest: ReadonlySet<unknown> = new Set([undefined, "PHASE_STOPPING", "PHASE_STOPPED"]);

/** The workspaces of which a line has said that nothing tells whether they are deleted. */
const hiddenFrom = perOwner((_: Client) => new Set<unknown>());

/**
 * The context of a workspace never changes, and the server spells it in its own way: what is stored of ours stays as it
 * was stated, and what is taken over is as it is stated where that is the same.
 */
function contextOf({ memory }: Operation, { id, contextUrl = "" }: JsonObject, { inputs, remote }: Clue): Json {
  const stated = inputs?.contextUrl;
  const isOurs = remote !== undefined || memory.made.has(String(id));
  return typeof stated === "string" && (isOurs || isSameContext(stated, String(contextUrl))) ? stated : contextUrl;
}
