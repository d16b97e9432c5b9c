import {
  EnvironmentAutomationService,
  TaskExecutionPhase as Phase,
} from "../../../proto/gen/gitpod/v1/environment_automation_pb";
import { task } from "../../../provider/resources/task";
import type { Probe } from "../../assumption";
import type { Bench, Made } from "../../bench";
import { answered, compared } from "../../finding";
import { runningEnvironment } from "../environment/bring-up";

const { getTaskExecution, listTaskExecutions, listTasks, startTask, stopTaskExecution, upsertAutomationsFile } =
  EnvironmentAutomationService.method;

export const stopEnded: Probe = {
  calls: ["EnvironmentAutomationService/StopTaskExecution"],
  makes: ["an environment", "a task in it"],
  needs: ["environments"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const { id } = await taskIn(bench, environmentId);
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

const references = ["probe-first", "probe-second"] as const;

export const filePartlyRefused: Probe = {
  calls: ["EnvironmentAutomationService/UpsertAutomationsFile", "EnvironmentAutomationService/ListTasks"],
  makes: ["an environment", "a task in it"],
  needs: ["environments"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const [first, second] = references;
    const tasks = {
      [first]: { name: "Probe", command: "true" },
      [second]: { name: "Probe", command: "true", dependsOn: ["probe-nothing"] },
    };
    const request = { environmentId, automationsFile: { tasks } };
    const answer = await bench.answer(upsertAutomationsFile, request);
    const { tasks: found } = await bench.call(listTasks, { filter: { environmentIds: [environmentId] } });
    const isApplied = found.some(({ metadata }) => metadata?.reference === first);
    return compared(["InvalidArgument", "applied"], [answer, isApplied ? "applied" : "not applied"]);
  },
};

export const executionsGo: Probe = {
  calls: ["EnvironmentAutomationService/DeleteTask", "EnvironmentAutomationService/GetTaskExecution"],
  makes: ["an environment", "a task in it"],
  needs: ["environments"],
  async run(bench) {
    const made = await taskIn(bench, await runningEnvironment(bench));
    const { taskExecution } = await bench.call(startTask, { id: made.id });
    await bench.remove(made);
    return answered("NotFound", () => bench.answer(getTaskExecution, { id: taskExecution?.id ?? "" }));
  },
};

export const newestFirst: Probe = {
  calls: ["EnvironmentAutomationService/StartTask", "EnvironmentAutomationService/ListTaskExecutions"],
  makes: ["an environment", "a task in it"],
  needs: ["environments"],
  async run(bench) {
    const { id } = await taskIn(bench, await runningEnvironment(bench));
    const started: (string | undefined)[] = [];
    for (let times = 0; times < 2; times++) {
      const { taskExecution } = await bench.call(startTask, { id });
      started.unshift(taskExecution?.id);
      await bench.pause(1000);
    }
    const { taskExecutions } = await bench.call(listTaskExecutions, { filter: { taskIds: [id] } });
    const listed = taskExecutions.map((execution) => started.indexOf(execution.id));
    return compared([0, 1], listed);
  },
};

const taskIn = (bench: Bench, environmentId: string): Promise<Made> =>
  bench.make(task, { environmentId, metadata: { reference: "probe", name: "Probe" }, spec: { command: "true" } });
