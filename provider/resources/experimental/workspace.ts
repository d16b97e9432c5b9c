import { WorkspacesService } from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { WorkspaceInputsSchema, WorkspaceService } from "../../../proto/gen/provider/experimental/v1/workspace_pb";
import { defineResource } from "../../model/definition";
import { find } from "./workspace/find";
import { list } from "./workspace/listing";
import { make } from "./workspace/make";

const workspaces = WorkspacesService.method;

/**
 * A workspace of Gitpod Classic: a machine with the content of a repository.
 *
 * A create returns when the workspace is in `desiredPhase` (running, or stopped after it has come up); when that is left
 * out, when it has come up once. A stated phase is kept: a workspace that stopped for idleness is started by the next
 * `pulumi up`. Leave it out where people start and stop the workspace themselves.
 *
 * A workspace is its owner's: another user is told that it does not exist. The installation deletes it by itself when
 * nobody has used it for some weeks, and the next `pulumi up --refresh` creates another one. Without
 * `discardUnsavedWork`, a workspace that reports unsaved work is not deleted. Beyond 100 workspaces of one owner the API
 * names no more of them, so that the deletion of one that has stopped may not be noticed.
 */
export const workspace = defineResource({
  module: "experimental",
  kind: "Workspace",
  create: WorkspaceService.method.createWorkspace,
  delete: workspaces.deleteWorkspace,
  find,
  findAll: ({ client }) => list(client),
  composed: { make },
  own: WorkspaceInputsSchema,
  passive: ["discardUnsavedWork"],
  guard: {
    counts: {
      "status.instance.status.gitStatus.totalUncommitedFiles": "uncommitted files",
      "status.instance.status.gitStatus.totalUntrackedFiles": "untracked files",
      "status.instance.status.gitStatus.totalUnpushedCommits": "unpushed commits",
    },
    unless: "discardUnsavedWork",
  },
  required: ["contextUrl", "organizationId"],
  repeatedIn: { contextUrl: ["context"] },
  volatile: [
    "status.instance.status.gitStatus.totalUncommitedFiles",
    "status.instance.status.gitStatus.totalUntrackedFiles",
    "status.instance.status.gitStatus.totalUnpushedCommits",
    "status.instance.status.statusVersion",
    "status.instance.status.recentFolders",
    "status.instance.status.conditions.firstUserActivity",
    "status.instance.status.gitStatus.latestCommit",
    "status.instance.status.gitStatus.uncommitedFiles",
    "status.instance.status.gitStatus.untrackedFiles",
    "status.instance.status.gitStatus.unpushedCommits",
  ],
  idForm: {
    pattern: /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-z]{2,16}-[0-9a-z]{2,16}-[0-9a-z]{8,11})$/,
    words: "the id of a workspace, such as amber-cat-0123456789a, or a UUID",
  },
  creatorOnly: true,
  phase: {
    at: "phase",
    reasons: ["status.instance.status.message", "status.instance.status.conditions.timeout"],
    desired: "desiredPhase",
    targets: { PHASE_RUNNING: workspaces.startWorkspace, PHASE_STOPPED: workspaces.stopWorkspace },
  },
  lingers: false,
  timeouts: { create: 1800, update: 1800, delete: 300 },
});
