import {
  WorkspaceInstanceStatus_Phase as Phase,
  type Workspace,
  type WorkspaceInstanceStatus,
  WorkspacesService,
} from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { team } from "../../../provider/resources/experimental/team";
import { workspace } from "../../../provider/resources/experimental/workspace";
import type { JsonObject } from "../../../provider/value/json";
import type { Probe } from "../../assumption";
import type { Bench, Makeable } from "../../bench";
import { notTried } from "../../finding";

const { createAndStartWorkspace, getWorkspace, listWorkspaces } = WorkspacesService.method;

/** Runs a probe on the account of Gitpod Classic. */
export const onClassic =
  (run: Probe["run"]): Probe["run"] =>
  ({ classic }) =>
    classic === undefined ? Promise.resolve(notTried("there is no account of Gitpod Classic")) : run(classic);

/** A workspace by one call of the API, without what the provider does around it. */
export const plainWorkspace: Makeable = {
  ...workspace,
  create: createAndStartWorkspace,
  get: getWorkspace,
  outlivesRefusal: true,
};

/** The inputs of a workspace, which has its name in a variable before the address. */
export const workspaceOf = (name: string, workspaceClass = "g1-standard"): JsonObject => ({
  contextUrl: `PROBE=${name}/https://github.com/octocat/Hello-World`,
  startSpec: { workspaceClass },
});

/** Makes a team and a workspace in it, and returns their ids when the workspace runs. */
export async function runningWorkspace(bench: Bench): Promise<{ teamId: string; workspaceId: string }> {
  const { id: teamId } = await bench.make(team);
  const inputs = { ...workspaceOf(bench.name()), organizationId: teamId };
  const { id: workspaceId } = await bench.make(plainWorkspace, inputs);
  await comeTo(bench, workspaceId, Phase.RUNNING);
  return { teamId, workspaceId };
}

/** Waits until a workspace is in a phase. Throws if that takes too long. */
export async function comeTo(bench: Bench, workspaceId: string, phase: Phase): Promise<void> {
  const last = await bench.until(
    () => instanceOf(bench, workspaceId),
    (seen) => seen?.phase === phase,
    machineTime,
  );
  if (last?.phase !== phase) throw new Error(`a workspace did not come to ${Phase[phase]}`);
}

/** Returns the state of the latest instance of a workspace. */
export async function instanceOf(bench: Bench, workspaceId: string): Promise<WorkspaceInstanceStatus | undefined> {
  const { result } = await bench.call(getWorkspace, { workspaceId });
  return result?.status?.instance?.status;
}

/** Returns the workspaces of a team, as they are listed. */
export async function workspacesOf(bench: Bench, organizationId: string): Promise<Workspace[]> {
  return (await bench.call(listWorkspaces, { organizationId })).result;
}

/** Milliseconds that a workspace may take to come up or down. */
export const machineTime = 600_000;
