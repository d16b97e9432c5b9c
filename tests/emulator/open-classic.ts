import { createClient } from "@connectrpc/connect";
import { classicIds, classicTokens, createEmulator, type EmulatorOptions } from "../../emulator";
import { EditorService } from "../../proto/gen/gitpod/experimental/v1/editor_service_pb";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import {
  WorkspaceInstanceStatus_PhaseSchema as PhaseSchema,
  type WorkspaceInstanceStatus,
  WorkspacesService,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";

export const shop = "https://github.com/acme/shop";

export function openClassic(options: EmulatorOptions = {}) {
  const emulator = createEmulator(options);
  const as = (token: string) => {
    const transport = emulator.transport(token);
    return {
      editors: createClient(EditorService, transport),
      teams: createClient(TeamsService, transport),
      users: createClient(UserService, transport),
      workspaces: createClient(WorkspacesService, transport),
    };
  };
  const clients = as(classicTokens.owner);
  const { teams, workspaces } = clients;
  const read = async (workspaceId: string) => (await workspaces.getWorkspace({ workspaceId })).result ?? fail();
  const statusOf = async (workspaceId: string): Promise<WorkspaceInstanceStatus | undefined> =>
    (await read(workspaceId)).status?.instance?.status;
  const phaseOf = async (workspaceId: string) => {
    const status = await statusOf(workspaceId);
    return status === undefined ? "none" : (PhaseSchema.value[status.phase]?.localName ?? fail());
  };
  const start = async (repository = "shop", spec: { workspaceClass?: string; defaultIde?: string } = {}) => {
    const { workspaceClass = "", defaultIde = "" } = spec;
    const { workspaceId } = await workspaces.createAndStartWorkspace({
      source: { case: "contextUrl", value: `https://github.com/acme/${repository}` },
      startSpec: { workspaceClass, ideSettings: { defaultIde } },
      organizationId: classicIds.team,
    });
    return workspaceId;
  };
  return {
    emulator,
    as,
    ...clients,
    read,
    statusOf,
    phaseOf,
    start,

    /** Creates a workspace and lets it come to rest. */
    settled: async (repository?: string, spec?: Parameters<typeof start>[1]) => {
      const id = await start(repository, spec);
      emulator.settle();
      return id;
    },

    /** The phases of a workspace while time passes, until nothing moves. */
    path: async (id: string) => {
      const seen = [await phaseOf(id)];
      while (emulator.step() > 0) {
        seen.push(await phaseOf(id));
      }
      return seen;
    },

    listed: async (request: Parameters<typeof workspaces.listWorkspaces>[0] = {}) =>
      (await workspaces.listWorkspaces(request)).result.map(({ workspaceId }) => workspaceId),

    /** The members of a team with their roles, the newest first. */
    members: async (teamId: string = classicIds.team) =>
      (await teams.listTeamMembers({ teamId })).members.map(({ userId, role }) => [userId, role]),
  };
}

function fail(): never {
  throw new Error("the answer lacks what every answer has");
}
