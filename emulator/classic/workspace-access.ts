import { AdmissionLevel } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Caller } from "../caller";
import { denied, invalid, notFound } from "../refusal";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { statusOf } from "./instance";
import { memberKey } from "./seed";

/** Finds a workspace of the caller; members of its organization are told that it is not theirs, all others nothing. */
export function ownWorkspace(site: Site, caller: Caller, id: string): ClassicWorkspaceRow {
  const row = anyWorkspace(site, id);
  const { organizationId, creatorId } = row.owner;
  if (creatorId === caller.id) {
    return row;
  }
  throw site.world.classicTeamMembers.rows.has(memberKey(organizationId, caller.id))
    ? denied(`workspace ${id} belongs to another user`)
    : notFound(site.world.classicWorkspaces.noun, id);
}

/** Finds a workspace of the caller, or one that its owner has opened to everybody. */
export function readableWorkspace(site: Site, caller: Caller, id: string): ClassicWorkspaceRow {
  const row = anyWorkspace(site, id);
  return statusOf(row)?.admission === AdmissionLevel.EVERYONE ? row : ownWorkspace(site, caller, id);
}

function anyWorkspace({ world }: Site, id: string): ClassicWorkspaceRow {
  const isId = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-z]{2,16}-[0-9a-z]{2,16}-[0-9a-z]{8,11})$/.test(id);
  if (!isId) {
    throw invalid(`workspace_id: ${id === "" ? "is required" : `${id} is not the id of a workspace`}`);
  }
  const row = world.classicWorkspaces.rows.get(id);
  if (row === undefined) {
    throw notFound(world.classicWorkspaces.noun, id);
  }
  return row;
}
