import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import {
  AdmissionLevel,
  WorkspaceInstanceStatus_Phase as Phase,
  WorkspaceInstanceSchema,
  type WorkspaceInstanceStatus,
  WorkspaceInstanceStatus_ConditionsSchema,
  WorkspaceStatusSchema,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { changed } from "../change";
import { precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { sentinelIn } from "./sentinel";
import { isAllowedClass } from "./workspace-class";

/** The status of the latest instance of a workspace; undefined where it has none. */
export function statusOf({ remote }: ClassicWorkspaceRow): WorkspaceInstanceStatus | undefined {
  return remote.status?.instance?.status;
}

/** What the latest instance of a workspace does; that of one without an instance is STOPPED. */
export function phaseOf(row: ClassicWorkspaceRow): Phase {
  return statusOf(row)?.phase ?? Phase.STOPPED;
}

/** The conditions in a status, for whoever sets one. */
export function conditionsOf(status: WorkspaceInstanceStatus) {
  status.conditions ??= create(WorkspaceInstanceStatus_ConditionsSchema);
  return status.conditions;
}

/** Starts a workspace that is stopped, with a new instance; in every other phase nothing happens. */
export function start(site: Site, row: ClassicWorkspaceRow): void {
  const { remote, owed } = row;
  if (phaseOf(row) !== Phase.STOPPED) {
    return;
  }
  if (sentinelIn(remote) === "refused-late") {
    throw precondition("the repository is not allowed in the organization");
  }
  if (!isAllowedClass(owed.workspaceClass)) {
    throw precondition(`workspace class ${owed.workspaceClass} is not allowed in the organization`);
  }
  const gitStatus = statusOf(row)?.gitStatus;
  const instance = create(WorkspaceInstanceSchema, {
    instanceId: site.newId(),
    workspaceId: row.id,
    createdAt: timestamp(site),
    status: {
      phase: Phase.PREPARING,
      conditions: {},
      admission: AdmissionLevel.OWNER_ONLY,
      editor: owed.editor,
      ...(gitStatus === undefined ? {} : { gitStatus }),
    },
  });
  remote.status = create(WorkspaceStatusSchema, { instance });
  Object.assign(owed, { stop: false, attempts: owed.attempts + 1, usedAt: site.now(), ownerToken: "" });
  changed(site, site.world.classicWorkspaces, row);
}

/** Asks the instance of a workspace to stop, if one is on its way up or running. */
export function requestStop(site: Site, row: ClassicWorkspaceRow): void {
  const phase = phaseOf(row);
  if (phase !== Phase.STOPPED && phase !== Phase.STOPPING) {
    Object.assign(row.owed, { stop: true, usedAt: site.now() });
    changed(site, site.world.classicWorkspaces, row);
  }
}

/** Marks a workspace as deleted, which stops it; no list names it anymore. */
export function markDeleted(site: Site, row: ClassicWorkspaceRow): void {
  requestStop(site, row);
  row.owed.deleted = true;
  changed(site, site.world.classicWorkspaces, row);
}

/** Tells that the status of a workspace has changed, and gives it a higher version. */
export function statusChanged(site: Site, row: ClassicWorkspaceRow): void {
  const status = statusOf(row);
  if (status !== undefined) {
    status.statusVersion += 1n;
    changed(site, site.world.classicWorkspaces, row);
  }
}

/** Makes the token that opens an instance. */
export function newOwnerToken(): string {
  return `owner-${randomBytes(24).toString("base64url")}`;
}
