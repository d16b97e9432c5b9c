import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { Principal, SubjectSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import {
  ListWorkflowsRequest_SortField as SortField,
  type WorkflowService,
  type WorkflowTrigger,
} from "../../proto/gen/gitpod/v1/workflow_pb";
import { type Caller, callerOf, find, maySee } from "../caller";
import { changed, remove } from "../change";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { denied, invalid, precondition } from "../refusal";
import type { Site } from "../site";
import type { Table } from "../table";
import type { WholeWorkflow } from "../whole";
import { activeExecutions, askToStop } from "../workflow/step";
import { workflowExecutionCalls } from "./workflow-execution";

/** Answers the calls of the workflow service; what a workflow executes only passes through its phases. */
export function workflowService(site: Site): Partial<ServiceImpl<typeof WorkflowService>> {
  const { workflows: table } = site.world;
  const workflows = plainCalls(site, table, {
    settle: ({ metadata, spec }, caller, row) => {
      metadata.executor ??= create(SubjectSchema, { id: caller.id, principal: caller.principal });
      if (metadata.executor.id !== row?.remote.metadata.executor?.id) {
        checkExecutor(site, caller, metadata);
      }
      for (const trigger of spec.triggers) {
        checkTrigger(site, caller, trigger);
      }
    },
    changeable: ({ id, remote }) => {
      if (remote.spec.deleting) {
        throw precondition(`workflow ${id} is being deleted`);
      }
    },
    show: showWorkflow(site),
  });
  return {
    ...workflowExecutionCalls(site),

    createWorkflow: (request, context) => ({ workflow: workflows.add(request, context, null) }),
    getWorkflow: ({ workflowId }, context) => ({ workflow: workflows.get(workflowId, context) }),
    listWorkflows: (request, context) => {
      const { filter, sort } = request;
      const sign = sort?.order === SortOrder.DESC ? -1 : 1;
      const byName = (one: WholeWorkflow, other: WholeWorkflow) =>
        sign * one.metadata.name.localeCompare(other.metadata.name);
      return workflows.list(
        request,
        context,
        (items) => ({ workflows: items }),
        ({ id, metadata, spec }) =>
          keeps(filter?.workflowIds, id) &&
          keeps(filter?.creatorIds, metadata.creator?.id ?? "") &&
          (filter?.disabled ?? spec.disabled) === spec.disabled &&
          mentions(filter?.search, metadata.name, metadata.description),
        sort?.field === SortField.NAME ? byName : undefined,
      );
    },
    updateWorkflow: (request, context) => ({ workflow: workflows.change(request.workflowId, request, context) }),
    deleteWorkflow: ({ workflowId, force }, context) => {
      const row = find(table, callerOf(context), workflowId);
      if (force) {
        remove(site, table, row);
      } else if (!row.remote.spec.deleting) {
        row.remote.spec.deleting = true;
        for (const execution of activeExecutions(site, workflowId)) {
          askToStop(site, execution);
        }
        changed(site, table, row);
      }
      return {};
    },
  };
}

/** What is added to a workflow when it is shown. */
export function showWorkflow(site: Site): (shown: WholeWorkflow) => void {
  return (shown) => {
    shown.webhookUrl = `${site.origin}/webhooks/workflows/${shown.id}`;
  };
}

function checkExecutor({ world }: Site, caller: Caller, { executor }: WholeWorkflow["metadata"]): void {
  if (executor?.principal === Principal.SERVICE_ACCOUNT) {
    find(world.serviceAccounts, caller, executor.id);
  } else if (executor?.id !== caller.id) {
    throw denied("executor: only the caller or a service account may execute a workflow");
  }
}

function checkTrigger({ world }: Site, caller: Caller, { trigger, context }: WorkflowTrigger): void {
  if (trigger.case === undefined || context?.context.case === undefined) {
    throw invalid("triggers: each needs one of manual, time and pull_request, and a context");
  }
  const projectIds = context.context.case === "projects" ? context.context.value.projectIds : [];
  for (const id of projectIds) {
    find(world.projects, caller, id);
  }
  if (trigger.case === "pullRequest") {
    const { webhookId, integrationId } = trigger.value;
    requireKnown(world.integrations, caller, integrationId);
    requireKnown(world.webhooks, caller, webhookId);
  }
}

function requireKnown<Remote, Owed>(table: Table<Remote, Owed>, caller: Caller, id: string | undefined): void {
  const row = table.rows.get(id ?? "");
  if (id !== undefined && (row === undefined || !maySee(table, caller, row))) {
    throw invalid(`triggers: ${table.noun} ${id} does not exist`);
  }
}
