import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const shop = new gitpod.Project("shop", {
  name: "Shop",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});

// Where agents look up and close issues. Each person signs in once, in the dashboard.
const definitions = gitpod.listIntegrationDefinitionsOutput();
const config = new pulumi.Config();
const linear = new gitpod.Integration("linear", {
  integrationDefinitionId: definitions.apply((all) => all.find(({ host }) => host === "linear.app")?.id ?? ""),
  enabled: true,
  auth: {
    oauth: {
      clientId: config.get("linearClientId") ?? "shop",
      // Set with `pulumi config set --secret linearClientSecret`.
      clientSecret: config.getSecret("linearClientSecret") ?? pulumi.secret("change-me"),
    },
  },
});

// People call it by its command, and the workflow below does the same by itself.
const instructions = "Update the dependencies, run the tests, and close the issues that this solves.";
const upkeep = new gitpod.Prompt("upkeep", {
  name: "Upkeep",
  description: "Updates what the project depends on",
  prompt: instructions,
  isCommand: true,
  command: "upkeep",
});

const weekly = new gitpod.Workflow(
  "weekly-upkeep",
  {
    name: "Weekly upkeep",
    // Mondays at six, in UTC.
    triggers: [{ time: { cronExpression: "0 6 * * 1" }, context: { projects: { projectIds: [shop.id] } } }],
    action: {
      limits: { maxParallel: 1, maxTotal: 10 },
      steps: [
        { agent: { prompt: instructions } },
        { pullRequest: { title: "Update the dependencies", branch: "weekly-upkeep" } },
      ],
    },
  },
  // The agent uses it.
  { dependsOn: linear },
);

export const promptId = upkeep.id;
export const workflowId = weekly.id;
