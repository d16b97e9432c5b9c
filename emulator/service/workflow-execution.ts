import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  WorkflowExecutionPhase as Phase,
  WorkflowActionSchema,
  WorkflowExecutionTriggerSchema,
  type WorkflowService,
  type WorkflowTriggerContext,
  WorkflowTriggerContextSchema,
} from "../../proto/gen/gitpod/v1/workflow_pb";
import { callerOf, find } from "../caller";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { precondition } from "../refusal";
import type { Site } from "../site";
import type { WholeWorkflow } from "../whole";
import { askToStop } from "../workflow/step";

/** Answers the calls of the workflow service that start workflows, and follow and stop what was started. */
export function workflowExecutionCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof WorkflowService>,
  "startWorkflow" | "getWorkflowExecution" | "listWorkflowExecutions" | "cancelWorkflowExecution"
> {
  const { workflowExecutions: table, workflows, projects } = site.world;
  const executions = plainCalls(site, table);
  const nameOf = (workflowId: string) => workflows.rows.get(workflowId)?.remote.metadata.name ?? "";
  return {
    startWorkflow: (request, context) => {
      const caller = callerOf(context);
      const { id, remote: workflow } = find(workflows, caller, request.workflowId);
      if (workflow.spec.deleting || workflow.spec.disabled) {
        throw precondition(`workflow ${id} is ${workflow.spec.deleting ? "being deleted" : "disabled"}`);
      }
      const place = request.contextOverride ?? contextOf(workflow);
      if (place?.context.case === undefined || place.context.case === "fromTrigger") {
        throw precondition(`workflow ${id} is about its trigger, so that a start by hand needs a context of its own`);
      }
      for (const projectId of place.context.case === "projects" ? place.context.value.projectIds : []) {
        find(projects, caller, projectId);
      }
      const { action, report } = workflow.spec;
      const workflowExecution = executions.add(request, context, null, ({ remote: { metadata, spec, status } }) => {
        Object.assign(metadata, { executor: workflow.metadata.executor });
        spec.desiredPhase = Phase.COMPLETED;
        spec.trigger = create(WorkflowExecutionTriggerSchema, {
          trigger: { case: "manual", value: {} },
          context: clone(WorkflowTriggerContextSchema, place),
        });
        Object.assign(spec, {
          action: action && clone(WorkflowActionSchema, action),
          report: report && clone(WorkflowActionSchema, report),
        });
        status.phase = Phase.PENDING;
        status.pendingActionCount = Math.min(sizeOf(place), action?.limits?.maxTotal ?? 1);
      });
      return { workflowExecution };
    },
    getWorkflowExecution: ({ workflowExecutionId }, context) => ({
      workflowExecution: executions.get(workflowExecutionId, context),
    }),
    listWorkflowExecutions: (request, context) => {
      const { filter } = request;
      return executions.list(
        request,
        context,
        (items) => ({ workflowExecutions: items }),
        ({ id, metadata, status }) =>
          keeps(filter?.workflowExecutionIds, id) &&
          keeps(filter?.workflowIds, metadata.workflowId) &&
          keeps(filter?.statusPhases, status.phase) &&
          (filter?.hasFailedActions ?? status.failedActionCount > 0) === status.failedActionCount > 0 &&
          mentions(filter?.search, id, nameOf(metadata.workflowId)),
      );
    },
    cancelWorkflowExecution: ({ workflowExecutionId }, context) => {
      askToStop(site, find(table, callerOf(context), workflowExecutionId));
      return {};
    },
  };
}

/** What a start by hand is about where it does not say: what the manual trigger says, else the first. */
function contextOf({ spec: { triggers } }: WholeWorkflow): WorkflowTriggerContext | undefined {
  return (triggers.find(({ trigger }) => trigger.case === "manual") ?? triggers[0])?.context;
}

/** How many runs one start leads to, before the limit. */
function sizeOf({ context }: WorkflowTriggerContext): number {
  if (context.case === "projects") {
    return context.value.projectIds.length;
  }
  const selector = context.case === "repositories" ? context.value.repositorySelector : undefined;
  return selector?.case === "repositoryUrls" ? selector.value.repoUrls.length : 1;
}
