import { ResourceOperation, ResourceType, type WatchEventsRequest } from "../../proto/gen/gitpod/v1/event_pb";
import { type Caller, find } from "../caller";
import { invalid } from "../refusal";
import type { Site } from "../site";
import type { Change } from "./feed";

/**
 * Which changes a request to watch covers; throws when the request mixes what cannot be mixed. The scope of the
 * organization covers the environments of colleagues, as lists do. Kinds without a type tell nothing.
 */
export function scopeOf(site: Site, caller: Caller, request: WatchEventsRequest): (change: Change) => boolean {
  const { scope, resourceTypeFilters: filters } = request;
  if (scope.case === "environmentId") {
    if (filters.length > 0) {
      throw invalid("resource_type_filters: only the organization scope accepts filters");
    }
    const environment = find(site.world.environments, caller, scope.value);
    return ({ owner, resourceType }) => owner.environmentId === environment.id && inEnvironment.has(resourceType);
  }
  return (change) =>
    change.owner.organizationId === caller.organizationId &&
    change.resourceType !== ResourceType.UNSPECIFIED &&
    !onlyInEnvironment.has(change.resourceType) &&
    passes(filters, change);
}

const onlyInEnvironment = new Set([ResourceType.SERVICE, ResourceType.TASK, ResourceType.TASK_EXECUTION]);
const inEnvironment = new Set([ResourceType.ENVIRONMENT, ...onlyInEnvironment]);

function passes(filters: WatchEventsRequest["resourceTypeFilters"], change: Change): boolean {
  const { resourceType, resourceId, operation, owner } = change;
  return (
    filters.length === 0 ||
    filters.some(
      (filter) =>
        filter.resourceType === resourceType &&
        (filter.resourceIds.length === 0 || filter.resourceIds.includes(resourceId)) &&
        (filter.creatorIds.length === 0 ||
          operation === ResourceOperation.DELETE ||
          filter.creatorIds.includes(owner.creatorId)),
    )
  );
}
