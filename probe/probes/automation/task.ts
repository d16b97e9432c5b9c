import {
  EnvironmentAutomationService,
  TaskExecutionPhase as Phase,
} from "../../../proto/gen/gitpod/v1/environment_automation_pb";
import { task } from "../../../provider/resources/task";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { runningEnvironment } from "../environment/bring-up";

const { getTaskExecution, listTasks, startTask, stopTaskExecution, upsertAutomationsFile } =
  EnvironmentAutomationService.method;

export const stopEnded: Probe = {
  calls: ["EnvironmentAutomationService/StopTaskExecution"],
  makes: ["an environment", "a task in it"],
  needs: ["environments"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const metadata = { reference: "probe", name: "Probe" };
    const { id } = await bench.make(task, { environmentId, metadata, spec: { command: "true" } });
    const { taskExecution } = await bench.call(startTask, { id });
    const executionId = taskExecution?.id ?? "";
    const { taskExecution: last } = await bench.until(
      () => bench.call(getTaskExecution, { id: executionId }),
      ({ taskExecution: now }) => now?.status?.phase === Phase.SUCCEEDED,
      60_000,
    );
    if (last?.status?.phase !== Phase.SUCCEEDED) throw new Error("a task did not succeed");
    return compared("ok", await bench.answer(stopTaskExecution, { id: executionId }));
  },
};

export const othersKept: Probe = {
  calls: ["EnvironmentAutomationService/UpsertAutomationsFile", "EnvironmentAutomationService/ListTasks"],
  makes: ["an environment", "two tasks in it"],
  needs: ["environments"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    for (const reference of references) {
      const tasks = { [reference]: { name: "Probe", command: "true" } };
      await bench.call(upsertAutomationsFile, { environmentId, automationsFile: { tasks } });
    }
    const { tasks } = await bench.call(listTasks, { filter: { environmentIds: [environmentId] } });
    const listed = tasks.map(({ metadata }) => metadata?.reference);
    return compared(
      references,
      references.filter((reference) => listed.includes(reference)),
    );
  },
};

const references = ["probe-first", "probe-second"];
