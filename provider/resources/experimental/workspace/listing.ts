import { setImmediate } from "node:timers/promises";
import { toJson } from "@bufbuild/protobuf";
import { WorkspaceSchema, WorkspacesService } from "../../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Client } from "../../../client/client";
import type { Listing } from "../../../model/state";
import type { JsonObject } from "../../../value/json";
import { perOwner } from "../../../value/per-owner";
import { objectOf } from "./object";

/** Lists the workspaces that the caller owns, or those of them in one organization. */
export async function list(client: Client, organizationId?: string): Promise<Listing> {
  const request = { pagination: { pageSize: most }, ...(organizationId !== undefined && { organizationId }) };
  const { result } = await client.call(WorkspacesService.method.listWorkspaces, request);
  const objects = result.map((workspace) => objectOf(toJson(WorkspaceSchema, workspace) as JsonObject));
  return { objects, isWhole: result.length < most };
}

/** The most workspaces that the API names. */
export const most = 100;

/** Reads that have come together, and the one list that they share. */
export interface Round {
  /** How many they are. */
  readonly readers: number;
  /** Lists all that the caller owns, when it is first asked for; never before the last reader has come. */
  list(): Promise<Listing>;
}

/** Waits for the list of the round before, and for whoever comes meanwhile. */
export async function joinRound(client: Client): Promise<Round> {
  const lane = lanes(client);
  lane.coming ??= begin(client, lane);
  const round = lane.coming;
  round.readers += 1;
  await round.begun;
  return round;
}

const lanes = perOwner((_: Client): Lane => ({ busy: Promise.resolve() }));

interface Lane {
  /** The round that is not full yet. */
  coming?: Coming | undefined;
  /** Ends with the last list. */
  busy: Promise<unknown>;
}

interface Coming extends Round {
  readers: number;
  readonly begun: Promise<void>;
}

function begin(client: Client, lane: Lane): Coming {
  let listed: Promise<Listing> | undefined;
  const begun = lane.busy.then(async () => {
    await setImmediate();
    lane.coming = undefined;
  });
  return {
    readers: 0,
    begun,
    list() {
      listed ??= list(client);
      lane.busy = listed.catch(() => undefined);
      return listed;
    },
  };
}
