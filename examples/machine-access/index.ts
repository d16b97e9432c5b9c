import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();
// A runner that exists: that of any class that is there, unless `pulumi config set runnerId` names another one.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const runnerId = config.get("runnerId") ?? classes.apply((found) => found[0]?.runnerId ?? "");

const robot = new gitpod.ServiceAccount("robot", { name: "Robot", validUntil: "2035-01-01T00:00:00Z" });

// A new quarter makes another token, and revokes the one before once that is there.
const token = new gitpod.ServiceAccountToken("robot", {
  serviceAccountId: robot.id,
  description: "For the pipeline",
  triggers: { quarter: config.get("quarter") ?? "2026-4" },
});

// What the account reads repositories with. Set it with `pulumi config set --secret githubToken`.
new gitpod.HostAuthenticationToken("github", {
  runnerId,
  host: "github.com",
  token: config.getSecret("githubToken") ?? pulumi.secret("change-me"),
  source: gitpod.HostAuthenticationTokenSource.PAT,
  subject: { principal: gitpod.Principal.SERVICE_ACCOUNT, id: robot.id },
});

// GitHub calls it for each pull request, and the workflow reviews that, in the name of the account.
const pullRequests = new gitpod.Webhook("pull-requests", {
  name: "Pull requests",
  type: gitpod.WebhookType.SCM_REPOSITORY,
  provider: gitpod.WebhookProvider.GITHUB,
  scopes: [{ host: "github.com", owner: "gitpod-io", name: "empty" }],
});

const review = new gitpod.Workflow("review", {
  name: "Review",
  executor: { principal: gitpod.Principal.SERVICE_ACCOUNT, id: robot.id },
  triggers: [
    {
      pullRequest: {
        webhookId: pullRequests.id,
        events: [gitpod.WorkflowTriggerPullRequestEvent.OPENED, gitpod.WorkflowTriggerPullRequestEvent.UPDATED],
      },
      context: { fromTrigger: {} },
    },
  ],
  action: {
    limits: { maxParallel: 2, maxTotal: 10 },
    steps: [{ agent: { prompt: "Review the pull request, and comment on what is wrong." } }],
  },
});

// For the secrets of the pipeline and of the repository.
export const pipelineToken = token.token;
export const webhookUrl = pullRequests.url;
export const webhookSecret = pullRequests.secret;
export const workflowId = review.id;
