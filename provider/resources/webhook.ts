import { WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const webhooks = WebhookService.method;

/**
 * An address that a host of repositories calls when something happens there, so that a {@link Workflow} runs.
 *
 * Give the host `url` and `secret`. A change of `triggers` makes a new secret, and the old one stops working. A webhook
 * of a repository takes `scopes`, one of an organization takes `organizationScope`. A destroy makes the triggers of its
 * workflows manual.
 */
export const webhook = defineResource({
  kind: "Webhook",
  create: webhooks.createWebhook,
  get: webhooks.getWebhook,
  list: webhooks.listWebhooks,
  update: webhooks.updateWebhook,
  delete: webhooks.deleteWebhook,
  own: TriggerInputsSchema,
  extra: { triggers: { method: webhooks.rotateWebhookSecret, on: "change" } },
  once: { secret: webhooks.getWebhookSecret },
  required: ["name", "type", "provider"],
  deprecated: ["scope"],
  cannotClear: { organizationScope: "replace" },
  volatile: ["metadata.updatedAt", "boundWorkflowCount", "lastTriggeredAt"],
});
