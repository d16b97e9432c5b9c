import {
  WorkspaceInstanceStatus_Phase as Phase,
  WorkspacesService,
} from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { team } from "../../../provider/resources/experimental/team";
import type { Probe } from "../../assumption";
import type { Bench } from "../../bench";
import { compared, notTried } from "../../finding";
import { machineTime, onClassic, plainWorkspace, workspaceOf, workspacesOf } from "./bring-up";

const { getWorkspace, listWorkspaceClasses, startWorkspace, stopWorkspace } = WorkspacesService.method;
const needs = ["classic", "environments"] as const;

export const unknownClass: Probe = {
  makes: ["a team of Gitpod Classic", "a workspace of a class that does not exist"],
  needs,
  calls: ["WorkspacesService/CreateAndStartWorkspace", "WorkspacesService/StartWorkspace"],
  run: onClassic(async (bench) => {
    const { id: organizationId } = await bench.make(team);
    const { answer, workspaceId } = await attempt(bench, organizationId, bench.name());
    if (answer !== "ok" || workspaceId === undefined) return compared("ok", answer);
    const first = await endOfStart(bench, workspaceId);
    const again = await bench.answer(startWorkspace, { workspaceId });
    const second = again === "ok" ? await endOfStart(bench, workspaceId, first.instanceId) : { end: again };
    return compared(["failed", "failed"], [first.end, second.end]);
  }),
};

export const refusedClass: Probe = {
  makes: ["a team of Gitpod Classic", "a workspace of each class until one is refused"],
  needs,
  calls: ["WorkspacesService/ListWorkspaceClasses", "WorkspacesService/CreateAndStartWorkspace"],
  run: onClassic(async (bench) => {
    const { result: classes } = await bench.call(listWorkspaceClasses, {});
    const { id: organizationId } = await bench.make(team);
    for (const { id } of classes) {
      const { answer, workspaceId } = await attempt(bench, organizationId, id);
      if (answer !== "ok") return compared("stored", workspaceId === undefined ? "not stored" : "stored");
      await bench.call(stopWorkspace, { workspaceId: workspaceId ?? "" });
    }
    return notTried("the organization allows all classes");
  }),
};

/** Asks for a workspace of a class, and returns how that was answered, and the id if there is one in spite of all. */
async function attempt(bench: Bench, organizationId: string, workspaceClass: string) {
  const name = bench.name();
  const answer = await bench.tryToMake(plainWorkspace, { ...workspaceOf(name, workspaceClass), organizationId });
  const named = async () =>
    (await workspacesOf(bench, organizationId)).find(({ context }) => context?.contextUrl.includes(name));
  const found = await bench.until(named, (seen) => seen !== undefined);
  return { answer, workspaceId: found?.workspaceId };
}

/** Waits for how a start ends, another one than that of an instance before. */
async function endOfStart(bench: Bench, workspaceId: string, before?: string) {
  const { result } = await bench.until(
    () => bench.call(getWorkspace, { workspaceId }),
    ({ result: seen }) => {
      const { instanceId, status } = seen?.status?.instance ?? {};
      return instanceId !== before && (status?.phase === Phase.RUNNING || status?.phase === Phase.STOPPED);
    },
    machineTime,
  );
  const { instanceId, status } = result?.status?.instance ?? {};
  const hasFailed = (status?.conditions?.failed ?? "") !== "";
  return { instanceId, end: hasFailed ? "failed" : Phase[status?.phase ?? Phase.UNSPECIFIED] };
}
