import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import type { ListProjectsRequest } from "../../proto/gen/gitpod/v1/project_pb";
import { type Caller, visible } from "../caller";
import { keeps } from "../page";
import type { Site } from "../site";
import type { ProjectRow } from "../world";
import { usersOf } from "./view";

/** The projects that a list request asks for, in the order that it asks for. */
export function listProjects(site: Site, caller: Caller, request: ListProjectsRequest): ProjectRow[] {
  const rows = visible(site.world.projects, caller).filter((row) => matches(site, row, request));
  if (request.sort?.field === "id") {
    const sign = request.sort.order === SortOrder.DESC ? -1 : 1;
    return rows.sort((one, other) => sign * compare(one.id, other.id));
  }
  return rows.sort(
    (one, other) => usersOf(site, other).length - usersOf(site, one).length || compare(one.id, other.id),
  );
}

function matches(site: Site, { id, remote }: ProjectRow, { filter }: ListProjectsRequest): boolean {
  const search = filter?.search.toLowerCase() ?? "";
  const uris = remote.initializer?.specs.map(({ spec }) =>
    spec.case === "git" ? spec.value.remoteUri : spec.value?.url,
  );
  const runners = remote.environmentClasses.flatMap(({ environmentClass }) => {
    const row = site.world.environmentClasses.rows.get(String(environmentClass.value));
    return site.world.runners.rows.get(row?.remote.runnerId ?? "")?.remote ?? [];
  });
  return (
    keeps(filter?.projectIds, id) &&
    keeps(filter?.creatorIds, remote.metadata.creator?.id ?? "") &&
    (remote.metadata.name.toLowerCase().includes(search) || id === search) &&
    overlaps(filter?.specRemoteUris, uris ?? []) &&
    overlaps(
      filter?.runnerIds,
      runners.map(({ runnerId }) => runnerId),
    ) &&
    overlaps(
      filter?.runnerKinds,
      runners.map(({ kind }) => kind),
    )
  );
}

function overlaps<Value>(wanted: readonly Value[] | undefined, present: readonly Value[]): boolean {
  return wanted === undefined || wanted.length === 0 || present.some((value) => wanted.includes(value));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
