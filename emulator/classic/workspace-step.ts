import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  WorkspaceInstanceStatus_Phase as Phase,
  type WorkspaceInstanceStatus,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { conditionsOf, newOwnerToken, statusChanged, statusOf } from "./instance";
import { sentinelIn } from "./sentinel";
import { isKnownClass } from "./workspace-class";

/** Moves the instance of a workspace by one phase; false when it owes nothing. */
export function stepClassicWorkspace(site: Site, row: ClassicWorkspaceRow): boolean {
  const status = statusOf(row);
  const next = status && nextPhase(site, row, status);
  if (status === undefined || next === undefined) {
    return false;
  }
  status.phase = next;
  // `classic-ports`: Facts are silent on when ports end; the emulator takes them with the machine.
  if (next === Phase.STOPPED) {
    status.ports = [];
  }
  statusChanged(site, row);
  return true;
}

function nextPhase(site: Site, row: ClassicWorkspaceRow, status: WorkspaceInstanceStatus): Phase | undefined {
  const { remote, owed } = row;
  const sentinel = sentinelIn(remote);
  if (status.phase === Phase.STOPPING) {
    return sentinel === "stuck-stopping" ? undefined : Phase.STOPPED;
  }
  if (owed.stop && status.phase !== Phase.STOPPED) {
    return Phase.STOPPING;
  }
  switch (status.phase) {
    case Phase.PREPARING:
      if (!isKnownClass(owed.workspaceClass)) {
        return failed(status, `there is no workspace class ${owed.workspaceClass}`, Phase.STOPPED);
      }
      status.url = urlOf(row.id);
      // `classic-owner-token`: Facts are silent on when the token is there; the emulator makes it with the URL that it
      // opens.
      owed.ownerToken = newOwnerToken();
      return Phase.PENDING;
    case Phase.PENDING:
      return Phase.CREATING;
    case Phase.CREATING:
      return sentinel === "stuck-creating" ? undefined : Phase.INITIALIZING;
    case Phase.INITIALIZING:
      if (sentinel === "fail-start" || (sentinel === "fail-start-once" && owed.attempts === 1)) {
        return failed(status, "the content could not be fetched", Phase.STOPPING);
      }
      return running(site, row, status);
    case Phase.RUNNING:
      return sentinel === "idle-after-running" ? timedOut(status) : undefined;
    default:
      return undefined;
  }
}

/** Says that nobody has used an instance for long, so that it stops. */
export function timedOut(status: WorkspaceInstanceStatus): Phase {
  conditionsOf(status).timeout = "workspace timed out after inactivity (30m0s)";
  return Phase.STOPPING;
}

/** The URL of a workspace, or of one of its ports. */
export function urlOf(id: string, port?: bigint): string {
  return `https://${port === undefined ? "" : `${port}-`}${id}.ws.emulator.localhost`;
}

function failed(status: WorkspaceInstanceStatus, reason: string, next: Phase): Phase {
  conditionsOf(status).failed = reason;
  status.message = `the workspace could not be started: ${reason}`;
  return next;
}

function running(site: Site, { remote, owed }: ClassicWorkspaceRow, status: WorkspaceInstanceStatus): Phase {
  const details = remote.context?.details;
  const name = details?.case === "git" ? (details.value.repository?.name ?? "") : "";
  status.recentFolders = [`/workspace/${name}`];
  owed.usedAt = site.now();
  if (sentinelIn(remote) === "in-use") {
    conditionsOf(status).firstUserActivity = timestampFromMs(site.now());
  }
  return Phase.RUNNING;
}
