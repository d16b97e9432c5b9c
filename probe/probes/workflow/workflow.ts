import { OrganizationService } from "../../../proto/gen/gitpod/v1/organization_pb";
import { WorkflowService } from "../../../proto/gen/gitpod/v1/workflow_pb";
import { workflow } from "../../../provider/resources/workflow";
import type { Probe } from "../../assumption";
import { answered, compared, notTried } from "../../finding";
import { absentId } from "../ids";

const { deleteWorkflow, getWorkflow, startWorkflow } = WorkflowService.method;

/** A workflow that nothing starts by itself. */
const byHand = {
  triggers: [{ manual: {}, context: { projects: { projectIds: [] } } }],
  action: { limits: { maxParallel: 1, maxTotal: 1 }, steps: [{ agent: { prompt: "Do nothing." } }] },
};

const made = { makes: ["a workflow that nothing starts"], needs: [] } as const;

export const anotherExecutor: Probe = {
  ...made,
  calls: ["WorkflowService/CreateWorkflow"],
  async run(bench) {
    const { organizationId, subjectId } = bench;
    const { members } = await bench.call(OrganizationService.method.listMembers, { organizationId });
    const other = members.find(({ userId }) => userId !== subjectId);
    if (!other) return notTried("the organization has no other member");
    const executor = { id: other.userId, principal: "PRINCIPAL_USER" };
    return answered("PermissionDenied", (awaited) => bench.tryToMake(workflow, { ...byHand, executor }, awaited));
  },
};

export const deletedShown: Probe = {
  ...made,
  calls: ["WorkflowService/DeleteWorkflow", "WorkflowService/GetWorkflow"],
  async run(bench) {
    const { id: workflowId } = await bench.make(workflow, byHand);
    await bench.call(deleteWorkflow, { workflowId });
    const { workflow: found } = await bench.call(getWorkflow, { workflowId });
    return compared(true, found?.spec?.deleting === true);
  },
};

export const disabledStart: Probe = {
  ...made,
  calls: ["WorkflowService/StartWorkflow"],
  async run(bench) {
    const { id: workflowId } = await bench.make(workflow, byHand);
    await bench.call(WorkflowService.method.updateWorkflow, { workflowId, disabled: true });
    return answered("FailedPrecondition", () => bench.answer(startWorkflow, { workflowId }));
  },
};

export const absentWebhook: Probe = {
  ...made,
  calls: ["WorkflowService/CreateWorkflow"],
  run: (bench) =>
    answered("InvalidArgument", () =>
      bench.tryToMake(workflow, {
        ...byHand,
        triggers: [
          { pullRequest: { events: ["PULL_REQUEST_EVENT_OPENED"], webhookId: absentId }, context: { fromTrigger: {} } },
        ],
      }),
    ),
};
