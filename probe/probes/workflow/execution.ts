import { WorkflowExecutionPhase as Phase, WorkflowService } from "../../../proto/gen/gitpod/v1/workflow_pb";
import { project } from "../../../provider/resources/project";
import { workflow } from "../../../provider/resources/workflow";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { repository } from "../project";

const { cancelWorkflowExecution, getWorkflowExecution, startWorkflow } = WorkflowService.method;

const made = {
  makes: ["projects", "a workflow", "an execution of it, with its environment"],
  needs: ["environments"],
} as const;

/** What fails, wherever it runs. */
const failing = { limits: { maxParallel: 1, maxTotal: 1 }, steps: [{ task: { command: "exit 1" } }] };

/** Milliseconds that an execution may take. */
const machineTime = 900_000;

export const manualContext: Probe = {
  ...made,
  calls: ["WorkflowService/StartWorkflow"],
  async run(bench) {
    const [first, byHand] = [await bench.make(project, repository), await bench.make(project, repository)];
    const { id: workflowId } = await bench.make(workflow, {
      triggers: [
        { time: { cronExpression: "0 0 29 2 *" }, context: { projects: { projectIds: [first.id] } } },
        { manual: {}, context: { projects: { projectIds: [byHand.id] } } },
      ],
      action: failing,
    });
    const { workflowExecution } = await bench.call(startWorkflow, { workflowId });
    await bench.call(cancelWorkflowExecution, { workflowExecutionId: workflowExecution?.id ?? "" });
    const context = workflowExecution?.spec?.trigger?.context?.context;
    const isByHand = context?.case === "projects" && context.value.projectIds.join() === byHand.id;
    return compared("that of the manual trigger", isByHand ? "that of the manual trigger" : "another context");
  },
};

export const failureStopped: Probe = {
  ...made,
  calls: ["WorkflowService/StartWorkflow", "WorkflowService/GetWorkflowExecution"],
  async run(bench) {
    const { id } = await bench.make(project, repository);
    const { id: workflowId } = await bench.make(workflow, {
      name: `${bench.name()}-fail`,
      triggers: [{ manual: {}, context: { projects: { projectIds: [id] } } }],
      action: failing,
    });
    const { workflowExecution: started } = await bench.call(startWorkflow, { workflowId });
    const workflowExecutionId = started?.id ?? "";
    const { workflowExecution } = await bench.until(
      () => bench.call(getWorkflowExecution, { workflowExecutionId }),
      ({ workflowExecution: seen }) => (seen?.status?.phase ?? 0) >= Phase.STOPPED,
      machineTime,
    );
    const { phase = Phase.UNSPECIFIED, failures = [] } = workflowExecution?.status ?? {};
    return compared(["STOPPED", true], [Phase[phase], failures.length > 0]);
  },
};
