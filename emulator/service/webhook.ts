import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { WebhookType as Type, type Webhook_Spec, type WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
import { WorkflowTrigger_ManualSchema } from "../../proto/gen/gitpod/v1/workflow_pb";
import { callerOf, find } from "../caller";
import { changed } from "../change";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid } from "../refusal";
import type { Site } from "../site";
import type { WholeWorkflow } from "../whole";
import { showWorkflow } from "./workflow";

/** Answers the calls of the webhook service; no host calls a webhook, so that none is ever triggered. */
export function webhookService(site: Site): ServiceImpl<typeof WebhookService> {
  const { webhooks: table, workflows: workflowTable } = site.world;
  const webhooks = plainCalls(site, table, {
    settle: ({ spec }) => checkScope(spec),
    show: (shown) => {
      shown.url = `${site.origin}/webhooks/${shown.id}`;
      shown.boundWorkflowCount = bound(site, shown.id).length;
    },
  });
  const workflows = plainCalls(site, workflowTable, { show: showWorkflow(site) });
  return {
    createWebhook: (request, context) => ({ webhook: webhooks.add(request, context, { value: newSecret() }) }),
    getWebhook: ({ webhookId }, context) => ({ webhook: webhooks.get(webhookId, context) }),
    listWebhooks: (request, context) =>
      webhooks.list(
        request,
        context,
        (items) => ({ webhooks: items }),
        ({ id, spec }) =>
          keeps(request.filter?.webhookIds, id) &&
          keeps(request.filter?.types, spec.type) &&
          keeps(request.filter?.providers, spec.provider),
      ),
    updateWebhook: (request, context) => ({ webhook: webhooks.change(request.webhookId, request, context) }),
    deleteWebhook: ({ webhookId }, context) => {
      find(table, callerOf(context), webhookId);
      const affected = bound(site, webhookId);
      for (const row of affected) {
        for (const trigger of row.remote.spec.triggers) {
          if (names(trigger, webhookId)) {
            trigger.trigger = { case: "manual", value: create(WorkflowTrigger_ManualSchema) };
          }
        }
        changed(site, workflowTable, row);
      }
      webhooks.drop(webhookId, context);
      return { affectedWorkflowIds: affected.map(({ id }) => id) };
    },
    getWebhookSecret: ({ webhookId }, context) => ({ secret: find(table, callerOf(context), webhookId).owed.value }),
    rotateWebhookSecret: ({ webhookId }, context) => {
      const row = find(table, callerOf(context), webhookId);
      row.owed.value = newSecret();
      changed(site, table, row);
      return { secret: row.owed.value };
    },
    listWebhookWorkflows: (request, context) => {
      find(table, callerOf(context), request.webhookId);
      return workflows.list(
        request,
        context,
        (items) => ({ workflows: items }),
        ({ spec }) => spec.triggers.some((trigger) => names(trigger, request.webhookId)),
      );
    },
  };
}

function newSecret(): string {
  return randomBytes(32).toString("hex");
}

/** The workflows that a webhook starts. */
function bound({ world }: Site, webhookId: string) {
  return [...world.workflows.rows.values()].filter(({ remote }) =>
    remote.spec.triggers.some((trigger) => names(trigger, webhookId)),
  );
}

function names({ trigger }: WholeWorkflow["spec"]["triggers"][number], webhookId: string): boolean {
  return trigger.case === "pullRequest" && trigger.value.webhookId === webhookId;
}

/** Refuses a webhook without the scope that its type asks for, or with that of the other type. */
function checkScope({ type, scope, scopes, organizationScope }: Webhook_Spec): void {
  const isOfOrganization = type === Type.SCM_ORGANIZATION;
  const isScoped = scopes.length > 0 || scope !== "";
  if (isOfOrganization ? organizationScope === undefined || isScoped : !isScoped || organizationScope !== undefined) {
    throw invalid(
      `a webhook of this type needs ${isOfOrganization ? "organization_scope" : "scopes"} and nothing else`,
    );
  }
}
