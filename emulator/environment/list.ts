import { timestampMs } from "@bufbuild/protobuf/wkt";
import {
  ListEnvironmentsRequest_ArchivalStatus as ArchivalStatus,
  EnvironmentPhase,
  type ListEnvironmentsRequest,
  type ListEnvironmentsRequest_Filter,
  ListEnvironmentsRequest_SortField as SortField,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import type { Caller } from "../caller";
import { keeps } from "../page";
import type { Site } from "../site";
import type { EnvironmentRow } from "../world";

/**
 * The environments that a list request asks for, in the order that it asks for. The API's words are that lists serve to
 * find environments across the organization, so that colleagues' are listed too, unlike in reads by id.
 */
export function listEnvironments(site: Site, caller: Caller, request: ListEnvironmentsRequest): EnvironmentRow[] {
  const { filter, sort } = request;
  const sign = sort?.order === SortOrder.ASC ? 1 : -1;
  const key = sort?.field === SortField.ARCHIVED_AT ? archivedAt : idOf;
  return [...site.world.environments.rows.values()]
    .filter((row) => row.owner.organizationId === caller.organizationId && matches(site, row, filter))
    .sort((one, other) => sign * (compare(key(one), key(other)) || compare(one.id, other.id)));
}

function matches(site: Site, row: EnvironmentRow, filter: ListEnvironmentsRequest_Filter | undefined): boolean {
  const { metadata, status } = row.remote;
  const runner = site.world.runners.rows.get(metadata.runnerId)?.remote;
  return (
    matchesPhase(status.phase, filter?.statusPhases ?? []) &&
    matchesArchival(row, filter?.archivalStatus) &&
    keeps(filter?.runnerIds, metadata.runnerId) &&
    keeps(filter?.creatorIds, metadata.creator?.id ?? "") &&
    keeps(filter?.projectIds, metadata.projectId) &&
    keeps(filter?.runnerKinds, runner?.kind) &&
    keeps(filter?.roles, metadata.role) &&
    keeps(filter?.sessionIds, metadata.sessionId) &&
    isBefore(metadata.createdAt, filter?.createdBefore) &&
    isBefore(metadata.lockdownAt, filter?.lockdownBefore) &&
    matchesText(row, filter?.search.toLowerCase() ?? "")
  );
}

/**
 * Facts are silent on whether deleted ones appear unasked; the emulator hides them, as it hides archived ones
 * (`environment-deleted-unlisted`).
 */
function matchesPhase(phase: EnvironmentPhase, wanted: EnvironmentPhase[]): boolean {
  return wanted.length === 0 ? phase !== EnvironmentPhase.DELETED : wanted.includes(phase);
}

function matchesArchival({ remote }: EnvironmentRow, wanted: ArchivalStatus | undefined): boolean {
  const archived = remote.metadata.archivedAt !== undefined;
  switch (wanted) {
    case ArchivalStatus.ALL:
      return true;
    case ArchivalStatus.ARCHIVED:
      return archived;
    default:
      return !archived;
  }
}

function matchesText({ id, remote }: EnvironmentRow, search: string): boolean {
  const { git } = remote.status.content;
  return [id, remote.metadata.name, git?.cloneUrl ?? "", git?.branch ?? "", remote.metadata.originalContextUrl].some(
    (text) => text.toLowerCase().includes(search),
  );
}

type Time = Parameters<typeof timestampMs>[0];

function isBefore(time: Time | undefined, limit: Time | undefined): boolean {
  return limit === undefined || (time !== undefined && timestampMs(time) < timestampMs(limit));
}

function idOf(row: EnvironmentRow): string {
  return row.id;
}

function archivedAt({ remote }: EnvironmentRow): number {
  return remote.metadata.archivedAt === undefined ? 0 : timestampMs(remote.metadata.archivedAt);
}

function compare<Value extends string | number>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
