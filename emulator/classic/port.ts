import { create } from "@bufbuild/protobuf";
import {
  WorkspaceInstanceStatus_Phase as Phase,
  PortPolicy,
  PortProtocol,
  PortSchema,
  type PortSpec,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { invalid, precondition } from "../refusal";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { statusChanged, statusOf } from "./instance";
import { urlOf } from "./workspace-step";

/** Opens a port of a running instance, at the end of the list; without a running instance nothing happens. */
export function updatePort(site: Site, row: ClassicWorkspaceRow, spec: PortSpec | undefined): void {
  const { port = 0n, policy = PortPolicy.UNSPECIFIED, protocol = PortProtocol.UNSPECIFIED } = spec ?? {};
  if (policy === PortPolicy.UNSPECIFIED) {
    throw invalid("port.policy: is required");
  }
  const status = statusOf(row);
  if (status === undefined || status.phase === Phase.STOPPED) {
    return;
  }
  if (status.phase !== Phase.RUNNING) {
    throw precondition(`workspace ${row.id} is ${Phase[status.phase]}`);
  }
  const entry = create(PortSchema, {
    port,
    policy,
    url: urlOf(row.id, port),
    protocol: protocol === PortProtocol.UNSPECIFIED ? PortProtocol.HTTP : protocol,
  });
  status.ports = [...status.ports.filter((one) => one.port !== port), entry];
  statusChanged(site, row);
}
