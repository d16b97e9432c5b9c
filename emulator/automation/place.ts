import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { type Caller, find } from "../caller";
import { invalid, precondition, taken } from "../refusal";
import type { Site } from "../site";
import type { Owner, Row } from "../table";
import type { EnvironmentRow } from "../world";

/** The environment that a new service or task goes into; one that is being deleted takes nothing in. */
export function placeFor(site: Site, caller: Caller, environmentId: string): EnvironmentRow {
  const environment = find(site.world.environments, caller, environmentId);
  if (environment.remote.spec.desiredPhase === EnvironmentPhase.DELETED) {
    throw precondition(`environment ${environmentId} is being deleted`);
  }
  return environment;
}

/** Refuses what only a running environment can do. */
export function requireRunning(site: Site, row: { readonly owner: Owner }): void {
  const { environmentId = "" } = row.owner;
  const phase = site.world.environments.rows.get(environmentId)?.remote.status.phase;
  if (phase !== EnvironmentPhase.RUNNING && phase !== EnvironmentPhase.UPDATING) {
    throw precondition(`environment ${environmentId} is not running`);
  }
}

/**
 * Refuses a reference that another object of the environment has; the code of the API is not known
 * (`service-reference-taken`).
 */
export function requireFreeReference<Remote extends { metadata: { reference: string } }>(
  site: Site,
  noun: string,
  rows: Iterable<Row<Remote, unknown>>,
  environmentId: string,
  reference: string,
): void {
  for (const { owner, remote } of rows) {
    if (owner.environmentId === environmentId && remote.metadata.reference === reference) {
      const message = `a ${noun} with the reference ${reference} exists already in environment ${environmentId}`;
      throw site.otherwise("service-reference-taken") ? invalid(message) : taken(message);
    }
  }
}
