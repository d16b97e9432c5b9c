import * as gitpod from "pulumi-gitpod";

const webhook = new gitpod.Webhook("website", {
  name: "Website",
  type: gitpod.WebhookType.SCM_REPOSITORY,
  provider: gitpod.WebhookProvider.GITHUB,
  scopes: [{ host: "github.com", owner: "gitpod-io", name: "empty" }],
});

export const url = webhook.url;
export const secret = webhook.secret;
