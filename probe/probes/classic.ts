import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import {
  WorkspaceInstanceStatus_Phase as Phase,
  WorkspacesService,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Definition } from "../../provider/model/definition";
import { team } from "../../provider/resources/experimental/team";
import { workspace } from "../../provider/resources/experimental/workspace";
import type { Probe } from "../assumption";
import type { Bench } from "../bench";
import { answered, compared, notTried } from "../finding";

const { createAndStartWorkspace, getOwnerToken, getWorkspace, startWorkspace, stopWorkspace } =
  WorkspacesService.method;

/** A workspace by one call of the API, without what the provider does around it. */
const plainWorkspace: Definition = { ...workspace, create: createAndStartWorkspace, get: getWorkspace };

const made = { makes: ["a team of Gitpod Classic", "a workspace"], needs: ["classic", "environments"] } as const;

/** Runs a probe on the account of Gitpod Classic. */
const onClassic =
  (run: Probe["run"]): Probe["run"] =>
  ({ classic }) =>
    classic === undefined ? Promise.resolve(notTried("there is no account of Gitpod Classic")) : run(classic);

/** The inputs of a workspace, which has its name in a variable before the address. */
const workspaceOf = (bench: Bench) => ({
  contextUrl: `PROBE=${bench.name()}/https://github.com/octocat/Hello-World`,
  startSpec: { workspaceClass: "g1-standard" },
});

/** Milliseconds that a workspace may take to come up or down. */
const machineTime = 600_000;

async function comeTo(bench: Bench, workspaceId: string, phase: Phase): Promise<void> {
  const read = async (): Promise<Phase> => {
    const { result } = await bench.call(getWorkspace, { workspaceId });
    return result?.status?.instance?.status?.phase ?? Phase.UNSPECIFIED;
  };
  const last = await bench.until(read, (seen) => seen === phase, machineTime);
  if (last !== phase) throw new Error(`a workspace did not come to ${Phase[phase]}`);
}

export const withoutOrganization: Probe = {
  makes: ["an attempt at a workspace of Gitpod Classic"],
  needs: ["classic", "environments"],
  calls: ["WorkspacesService/CreateAndStartWorkspace"],
  run: onClassic((bench) => answered("InvalidArgument", () => bench.tryToMake(plainWorkspace, workspaceOf(bench)))),
};

export const ownerTokens: Probe = {
  ...made,
  calls: ["WorkspacesService/GetOwnerToken", "WorkspacesService/StopWorkspace", "WorkspacesService/StartWorkspace"],
  run: onClassic(async (bench) => {
    const { id: organizationId } = await bench.make(team);
    const { id: workspaceId } = await bench.make(plainWorkspace, { ...workspaceOf(bench), organizationId });
    await comeTo(bench, workspaceId, Phase.RUNNING);
    const first = await bench.call(getOwnerToken, { workspaceId });
    await bench.call(stopWorkspace, { workspaceId });
    await comeTo(bench, workspaceId, Phase.STOPPED);
    await bench.call(startWorkspace, { workspaceId });
    await comeTo(bench, workspaceId, Phase.RUNNING);
    const second = await bench.call(getOwnerToken, { workspaceId });
    return compared("another token", first.token === second.token ? "the same token" : "another token");
  }),
};

export const teamDeleted: Probe = {
  ...made,
  calls: ["TeamsService/DeleteTeam", "WorkspacesService/GetWorkspace"],
  run: onClassic(async (bench) => {
    const { id: teamId } = await bench.make(team);
    const { id: workspaceId } = await bench.make(plainWorkspace, { ...workspaceOf(bench), organizationId: teamId });
    await comeTo(bench, workspaceId, Phase.RUNNING);
    await bench.call(TeamsService.method.deleteTeam, { teamId });
    return answered("ok", () => bench.answer(getWorkspace, { workspaceId }));
  }),
};
