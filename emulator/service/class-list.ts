import { clone } from "@bufbuild/protobuf";
import {
  EnvironmentClassSchema,
  type ListEnvironmentClassesRequest,
  type ListEnvironmentClassesResponse,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { type Caller, visible } from "../caller";
import { cutPage, keeps } from "../page";
import type { Site } from "../site";

/** Lists environment classes, which two services of the API do with the same messages. */
export function listEnvironmentClasses(
  site: Site,
  caller: Caller,
  request: ListEnvironmentClassesRequest,
): Pick<ListEnvironmentClassesResponse, "environmentClasses"> & { pagination: { nextToken: string } } {
  const { filter } = request;
  const rows = visible(site.world.environmentClasses, caller).filter(({ remote }) => {
    const runner = site.world.runners.rows.get(remote.runnerId)?.remote;
    return (
      keeps(filter?.runnerIds, remote.runnerId) &&
      keeps(filter?.runnerKinds, runner?.kind) &&
      keeps(filter?.runnerProviders, runner?.provider) &&
      (filter?.enabled ?? remote.enabled) === remote.enabled &&
      (filter?.canCreateEnvironments ?? remote.enabled) === remote.enabled
    );
  });
  const page = cutPage(rows, request);
  return {
    pagination: page.pagination,
    environmentClasses: page.items.map(({ remote }) => clone(EnvironmentClassSchema, remote)),
  };
}
