import { TeamsService } from "../../../proto/gen/gitpod/experimental/v1/teams_pb";
import {
  WorkspaceInstanceStatus_Phase as Phase,
  type Workspace,
  type WorkspaceInstanceStatus,
  WorkspacesService,
} from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { team } from "../../../provider/resources/experimental/team";
import type { Probe } from "../../assumption";
import { answered, compared, notTried } from "../../finding";
import {
  comeTo,
  instanceOf,
  machineTime,
  onClassic,
  plainWorkspace,
  runningWorkspace,
  workspaceOf,
  workspacesOf,
} from "./bring-up";

const { getOwnerToken, getWorkspace, startWorkspace, stopWorkspace, updatePort } = WorkspacesService.method;
const made = { makes: ["a team of Gitpod Classic", "a workspace"], needs: ["classic", "environments"] } as const;

export const withoutOrganization: Probe = {
  makes: ["an attempt at a workspace of Gitpod Classic"],
  needs: ["classic", "environments"],
  calls: ["WorkspacesService/CreateAndStartWorkspace"],
  run: onClassic((bench) =>
    answered("InvalidArgument", () => bench.tryToMake(plainWorkspace, workspaceOf(bench.name()))),
  ),
};

export const ownerTokens: Probe = {
  ...made,
  calls: ["WorkspacesService/GetOwnerToken", "WorkspacesService/StopWorkspace", "WorkspacesService/StartWorkspace"],
  run: onClassic(async (bench) => {
    const { workspaceId } = await runningWorkspace(bench);
    const first = await bench.call(getOwnerToken, { workspaceId });
    await bench.call(stopWorkspace, { workspaceId });
    await comeTo(bench, workspaceId, Phase.STOPPED);
    await bench.call(startWorkspace, { workspaceId });
    await comeTo(bench, workspaceId, Phase.RUNNING);
    const second = await bench.call(getOwnerToken, { workspaceId });
    return compared("another token", first.token === second.token ? "the same token" : "another token");
  }),
};

export const portsEnd: Probe = {
  ...made,
  calls: ["WorkspacesService/UpdatePort", "WorkspacesService/StopWorkspace", "WorkspacesService/GetWorkspace"],
  run: onClassic(async (bench) => {
    const { workspaceId } = await runningWorkspace(bench);
    const number = 34567;
    const isOpen = (seen?: WorkspaceInstanceStatus): boolean =>
      seen?.ports.some(({ port }) => port === BigInt(number)) ?? false;
    const read = () => instanceOf(bench, workspaceId);
    await bench.call(updatePort, { workspaceId, port: { port: number, policy: "PORT_POLICY_PRIVATE" } });
    if (!isOpen(await bench.until(read, isOpen))) throw new Error("a port did not open");
    await bench.call(stopWorkspace, { workspaceId });
    let isEarly = false;
    const last = await bench.until(
      read,
      (seen) => {
        if (seen?.phase === Phase.STOPPED) return true;
        isEarly ||= !isOpen(seen);
        return false;
      },
      machineTime,
    );
    if (last?.phase !== Phase.STOPPED) throw new Error("a workspace did not stop");
    const end = isOpen(last) ? "open when STOPPED" : isEarly ? "closed before STOPPED" : "closed when STOPPED";
    return compared("closed when STOPPED", end);
  }),
};

export const startingListedFirst: Probe = {
  makes: ["a team of Gitpod Classic", "two workspaces, one of which stops at once"],
  needs: ["classic", "environments"],
  calls: ["WorkspacesService/StopWorkspace", "WorkspacesService/ListWorkspaces"],
  run: onClassic(async (bench) => {
    const { id: organizationId } = await bench.make(team);
    // The younger one was used last, so that it would be first if neither counted as running.
    const [older, younger] = [bench.name(), bench.name()];
    for (const name of [older, younger]) {
      const answer = await bench.tryToMake(plainWorkspace, { ...workspaceOf(name), organizationId });
      if (answer !== "ok") throw new Error(`a workspace was refused: ${answer}`);
    }
    const list = () => workspacesOf(bench, organizationId);
    const at = (all: Workspace[], name: string): number =>
      all.findIndex(({ context }) => context?.contextUrl.includes(name));
    const phaseIn = (all: Workspace[], name: string): Phase | undefined =>
      all[at(all, name)]?.status?.instance?.status?.phase;
    const hasBoth = (all: Workspace[]): boolean => all.length === 2;
    const both = await bench.until(list, hasBoth);
    await bench.call(stopWorkspace, { workspaceId: both[at(both, younger)]?.workspaceId ?? "" });
    const last = await bench.until(list, (all) => phaseIn(all, younger) === Phase.STOPPED, machineTime);
    if (phaseIn(last, younger) !== Phase.STOPPED) throw new Error("a workspace did not stop");
    if (atRestOrUp.has(phaseIn(last, older))) return notTried("a workspace had started before another one had stopped");
    return compared("first", at(last, older) < at(last, younger) ? "first" : "after one that is STOPPED");
  }),
};

const atRestOrUp: ReadonlySet<Phase | undefined> = new Set([undefined, Phase.RUNNING, Phase.STOPPED]);

export const teamDeleted: Probe = {
  ...made,
  calls: ["TeamsService/DeleteTeam", "WorkspacesService/GetWorkspace"],
  run: onClassic(async (bench) => {
    const { teamId, workspaceId } = await runningWorkspace(bench);
    await bench.call(TeamsService.method.deleteTeam, { teamId });
    return answered("ok", () => bench.answer(getWorkspace, { workspaceId }));
  }),
};
