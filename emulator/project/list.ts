import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { type ListProjectsRequest, ProjectPhase } from "../../proto/gen/gitpod/v1/project_pb";
import { type Caller, visible } from "../caller";
import { isSameRepository } from "../context";
import { keeps } from "../page";
import { invalid } from "../refusal";
import type { Site } from "../site";
import type { ProjectRow } from "../world";
import { popularity } from "./use";

/** The projects that a list request asks for, in the order that it asks for. */
export function listProjects(site: Site, caller: Caller, request: ListProjectsRequest): ProjectRow[] {
  const rows = visible(site.world.projects, caller).filter((row) => matches(site, row, request));
  const { field = "", order = SortOrder.UNSPECIFIED } = request.sort ?? {};
  if (field === "id") {
    const sign = order === SortOrder.DESC ? -1 : 1;
    return rows.sort((one, other) => sign * compare(one.id, other.id));
  }
  if (field !== "" && field !== "popularity") {
    throw invalid(`sort.field: ${field} is neither id nor popularity`);
  }
  const sign = order === SortOrder.ASC ? 1 : -1;
  return rows.sort(
    (one, other) => sign * (popularity(site, one) - popularity(site, other)) || compare(one.id, other.id),
  );
}

/** The projects of the repository that a URL stands for, the oldest first. */
export function projectsOf(site: Site, caller: Caller, contextUrl: string): ProjectRow[] {
  return visible(site.world.projects, caller).filter(
    ({ remote }) =>
      remote.desiredPhase !== ProjectPhase.DELETED && urisOf(remote).some((uri) => isSameRepository(uri, contextUrl)),
  );
}

function matches(site: Site, { id, remote }: ProjectRow, { filter }: ListProjectsRequest): boolean {
  const search = filter?.search.toLowerCase() ?? "";
  const runners = remote.environmentClasses.flatMap(({ environmentClass }) => {
    const row = site.world.environmentClasses.rows.get(String(environmentClass.value));
    return site.world.runners.rows.get(row?.remote.runnerId ?? "")?.remote ?? [];
  });
  return (
    keeps(filter?.projectIds, id) &&
    keeps(filter?.creatorIds, remote.metadata.creator?.id ?? "") &&
    (remote.metadata.name.toLowerCase().includes(search) || id === search) &&
    overlaps(filter?.specRemoteUris, urisOf(remote)) &&
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

function urisOf({ initializer }: ProjectRow["remote"]): string[] {
  return (initializer?.specs ?? []).flatMap(({ spec }) =>
    spec.case === undefined ? [] : spec.case === "git" ? spec.value.remoteUri : spec.value.url,
  );
}

function overlaps<Value>(wanted: readonly Value[] | undefined, present: readonly Value[]): boolean {
  return wanted === undefined || wanted.length === 0 || present.some((value) => wanted.includes(value));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
