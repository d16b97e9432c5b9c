import { EditorService } from "../../../proto/gen/gitpod/experimental/v1/editor_service_pb";
import { TeamsService } from "../../../proto/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../../proto/gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { defineFunction } from "../define-function";

const teams = TeamsService.method;
const workspaces = WorkspacesService.method;

/**
 * Returns the user behind the token of Gitpod Classic.
 *
 * @example
 * const { id } = await gitpod.experimental.getAuthenticatedUser();
 *
 * @example
 * const user = gitpod.experimental.getAuthenticatedUserOutput({ provider: staging });
 */
export const getAuthenticatedUser = defineFunction({
  module: "experimental",
  name: "getAuthenticatedUser",
  method: UserService.method.getAuthenticatedUser,
});

/**
 * Returns a team of Gitpod Classic with its members, and for its owners with the invitation, which is a key to the team.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { members } = await gitpod.experimental.getTeam({ teamId });
 * }
 *
 * @example
 * export const { members } = gitpod.experimental.getTeamOutput({ teamId: team.id });
 */
export const getTeam = defineFunction({
  module: "experimental",
  name: "getTeam",
  method: teams.getTeam,
  required: ["teamId"],
  sensitive: ["teamInvitation"],
});

/**
 * Returns the invitation of a team of Gitpod Classic, for its owners: whoever has its `id` may join. Where there is none,
 * the server makes one.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { id } = await gitpod.experimental.getTeamInvitation({ teamId });
 * }
 *
 * @example
 * export const { id } = gitpod.experimental.getTeamInvitationOutput({ teamId: team.id });
 */
export const getTeamInvitation = defineFunction({
  module: "experimental",
  name: "getTeamInvitation",
  method: teams.getTeamInvitation,
  required: ["teamId"],
  sensitive: ["id"],
});

/**
 * Adds the user behind the token to the team of an invitation, and returns the team; who is a member keeps the role. After
 * `permission_denied` the user may have joined all the same.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { id } = await gitpod.experimental.joinTeam({ invitationId });
 * }
 *
 * @example
 * export const { id } = gitpod.experimental.joinTeamOutput({ invitationId: invitation.invitationId });
 */
export const joinTeam = defineFunction({
  module: "experimental",
  name: "joinTeam",
  method: teams.joinTeam,
  required: ["invitationId"],
  sensitive: ["teamInvitation"],
});

/**
 * Lists the editors in which workspaces of Gitpod Classic can be opened, in the order of the installation.
 *
 * @example
 * const editors = await gitpod.experimental.listEditorOptions();
 *
 * @example
 * const editors = gitpod.experimental.listEditorOptionsOutput({ provider: staging });
 */
export const listEditorOptions = defineFunction({
  module: "experimental",
  name: "listEditorOptions",
  method: EditorService.method.listEditorOptions,
});

/**
 * Lists all members of a team of Gitpod Classic, the newest first.
 *
 * @example
 * const members = await gitpod.experimental.listTeamMembers({ teamId });
 *
 * @example
 * const members = gitpod.experimental.listTeamMembersOutput({ teamId: team.id });
 */
export const listTeamMembers = defineFunction({
  module: "experimental",
  name: "listTeamMembers",
  method: teams.listTeamMembers,
  required: ["teamId"],
});

/**
 * Lists all teams of the user behind the token of Gitpod Classic, those that the user owns with their invitations, which
 * are keys to the teams. The server refuses it to whom is a collaborator in any team.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const teams = await gitpod.experimental.listTeams();
 * }
 *
 * @example
 * export const teams = gitpod.experimental.listTeamsOutput({ provider: staging });
 */
export const listTeams = defineFunction({
  module: "experimental",
  name: "listTeams",
  method: teams.listTeams,
  sensitive: ["teams"],
});

/**
 * Lists the workspaces of Gitpod Classic that the user behind the token owns, those that run first. The API names no more
 * than 100 of them; a warning says so when there are as many.
 *
 * @example
 * const found = await gitpod.experimental.listWorkspaces();
 *
 * @example
 * const found = gitpod.experimental.listWorkspacesOutput({ organizationId: team.id });
 */
export const listWorkspaces = defineFunction({
  module: "experimental",
  name: "listWorkspaces",
  method: workspaces.listWorkspaces,
  hidden: ["fieldMask"],
  gives: "result",
});

/**
 * Returns a workspace of Gitpod Classic. A deleted one is told as well, for about a year, as if it had stopped.
 *
 * @example
 * const found = await gitpod.experimental.getWorkspace({ workspaceId });
 *
 * @example
 * const found = gitpod.experimental.getWorkspaceOutput({ workspaceId: website.id });
 */
export const getWorkspace = defineFunction({
  module: "experimental",
  name: "getWorkspace",
  method: workspaces.getWorkspace,
  required: ["workspaceId"],
});

/**
 * Returns the token that opens a workspace of Gitpod Classic and its private ports: that of the latest instance.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { token } = await gitpod.experimental.ownerToken({ workspaceId });
 * }
 *
 * @example
 * export const { token } = gitpod.experimental.ownerTokenOutput({ workspaceId: website.id });
 */
export const ownerToken = defineFunction({
  module: "experimental",
  name: "ownerToken",
  method: workspaces.getOwnerToken,
  required: ["workspaceId"],
  sensitive: ["token"],
});

/**
 * Lists the classes that workspaces of Gitpod Classic can have, whatever the organization allows of them.
 *
 * @example
 * const classes = await gitpod.experimental.listWorkspaceClasses();
 *
 * @example
 * const classes = gitpod.experimental.listWorkspaceClassesOutput({ provider: staging });
 */
export const listWorkspaceClasses = defineFunction({
  module: "experimental",
  name: "listWorkspaceClasses",
  method: workspaces.listWorkspaceClasses,
});

/**
 * Returns the image that a workspace of Gitpod Classic uses where its repository names none: that of its organization,
 * else that of the installation.
 *
 * @example
 * const { image } = await gitpod.experimental.getDefaultWorkspaceImage({ workspaceId });
 *
 * @example
 * const image = gitpod.experimental.getDefaultWorkspaceImageOutput({ workspaceId: website.id });
 */
export const getDefaultWorkspaceImage = defineFunction({
  module: "experimental",
  name: "getDefaultWorkspaceImage",
  method: workspaces.getDefaultWorkspaceImage,
});

/**
 * Opens a port of a workspace of Gitpod Classic that runs, or changes who may reach it. Ports are lost with each stop, and
 * where nothing runs the call does nothing and succeeds: so it belongs behind a workspace that shall run, at every `up`.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   await gitpod.experimental.updatePort({ workspaceId, port: { port: "8080", policy: "PORT_POLICY_PUBLIC" } });
 * }
 *
 * @example
 * gitpod.experimental.updatePortOutput({
 *   workspaceId: website.id,
 *   port: { port: "8080", policy: "PORT_POLICY_PUBLIC" },
 * });
 */
export const updatePort = defineFunction({
  module: "experimental",
  name: "updatePort",
  method: workspaces.updatePort,
  required: ["workspaceId", "port"],
});
