import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  GetDefaultWorkspaceImageResponse_ImageSource as ImageSource,
  WorkspaceInstanceStatus_Phase as Phase,
  type WorkspaceSchema,
  type WorkspacesService,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { type Caller, callerOf } from "../caller";
import type { WatchDesk } from "../event/watch";
import { invalid, notFound } from "../refusal";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { markDeleted, phaseOf, requestStop, start } from "./instance";
import { updatePort } from "./port";
import { streamStatus } from "./status-stream";
import { ownWorkspace, readableWorkspace } from "./workspace-access";
import { workspaceClasses } from "./workspace-class";
import { createWorkspace } from "./workspace-create";

/** Answers the calls of the workspaces service of Classic. */
export function workspacesService(site: Site, desk: WatchDesk): ServiceImpl<typeof WorkspacesService> {
  const { classicWorkspaces: table, classicTeams } = site.world;
  const view = ({ remote }: ClassicWorkspaceRow): MessageInitShape<typeof WorkspaceSchema> => table.copy(remote);
  return {
    listWorkspaces: ({ pagination, organizationId }, context) => {
      const size = pagination?.pageSize ?? 0;
      if (size < 0 || size > 100) {
        throw invalid("pagination.page_size: must be from 0 to 100");
      }
      const mine = listed(site, callerOf(context)).filter(
        ({ owner }) => organizationId === "" || owner.organizationId === organizationId,
      );
      return { result: mine.slice(0, size === 0 ? 20 : size).map(view) };
    },

    getWorkspace: ({ workspaceId }, context) => ({
      result: view(readableWorkspace(site, callerOf(context), workspaceId)),
    }),

    streamWorkspaceStatus: ({ workspaceId }, context) =>
      streamStatus(site, desk, ownWorkspace(site, callerOf(context), workspaceId), context),

    getOwnerToken: ({ workspaceId }, context) => {
      const { owed } = ownWorkspace(site, callerOf(context), workspaceId);
      if (owed.ownerToken === "") {
        throw notFound("token of workspace", workspaceId);
      }
      return { token: owed.ownerToken };
    },

    createAndStartWorkspace: (request, context) => ({ workspaceId: createWorkspace(site, callerOf(context), request) }),

    startWorkspace: ({ workspaceId }, context) => {
      const row = ownWorkspace(site, callerOf(context), workspaceId);
      if (row.owed.deleted) {
        throw notFound(table.noun, workspaceId);
      }
      start(site, row);
      return { result: view(row) };
    },

    stopWorkspace: ({ workspaceId }, context) => {
      const row = ownWorkspace(site, callerOf(context), workspaceId);
      requestStop(site, row);
      return { result: view(row) };
    },

    deleteWorkspace: ({ workspaceId }, context) => {
      markDeleted(site, ownWorkspace(site, callerOf(context), workspaceId));
      return {};
    },

    updatePort: ({ workspaceId, port }, context) => {
      updatePort(site, ownWorkspace(site, callerOf(context), workspaceId), port);
      return {};
    },

    listWorkspaceClasses: () => ({ result: workspaceClasses }),

    getDefaultWorkspaceImage: ({ workspaceId }, context) => {
      const organizationId =
        workspaceId === undefined ? "" : ownWorkspace(site, callerOf(context), workspaceId).owner.organizationId;
      const image = classicTeams.rows.get(organizationId)?.owed.image;
      return image === undefined
        ? { image: "emulator.localhost/workspace:latest", source: ImageSource.INSTALLATION }
        : { image, source: ImageSource.ORGANIZATION };
    },
  };
}

/** The workspaces of the caller that are not deleted: those that are not stopped, then by their last use. */
function listed({ world }: Site, caller: Caller): ClassicWorkspaceRow[] {
  // `classic-running`: Facts are silent on what counts as running; the emulator takes all that are not stopped.
  const isUp = (row: ClassicWorkspaceRow) => phaseOf(row) !== Phase.STOPPED;
  return [...world.classicWorkspaces.rows.values()]
    .filter(({ owner, owed }) => owner.creatorId === caller.id && !owed.deleted)
    .reverse()
    .sort((one, other) => Number(isUp(other)) - Number(isUp(one)) || other.owed.usedAt - one.owed.usedAt);
}
