import { clone, create } from "@bufbuild/protobuf";
import {
  type Environment,
  EnvironmentSchema,
  EnvironmentStatus_EnvironmentURLsSchema,
  EnvironmentPhase as Phase,
} from "../../proto/gen/gitpod/v1/environment_pb";
import type { Site } from "../site";
import type { EnvironmentRow } from "../world";

/** The environment as the API returns it, with URLs only while it runs. */
export function viewEnvironment(site: Site, row: EnvironmentRow): Environment {
  const { phase } = row.remote.status;
  const environment = clone(EnvironmentSchema, row.remote);
  if (environment.status !== undefined && (phase === Phase.RUNNING || phase === Phase.UPDATING)) {
    environment.status.environmentUrls = urlsOf(site, row);
  }
  return environment;
}

function urlsOf(site: Site, { id, remote }: EnvironmentRow) {
  return create(EnvironmentStatus_EnvironmentURLsSchema, {
    ssh: { url: `ssh://${id}@localhost:2222` },
    ports: remote.spec.ports.map(({ port }) => ({ port, url: `https://${port}--${id}.localhost` })),
    logs: `${site.origin}/logs/environments/${id}`,
    supportBundle: `${site.origin}/support/${id}`,
    ops: `${site.origin}/ops/${id}`,
    vmLiveUsage: `${site.origin}/usage/${id}`,
  });
}
