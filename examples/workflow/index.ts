import * as gitpod from "pulumi-gitpod";

const project = new gitpod.Project("landing-page", {
  name: "Landing page",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});

const upkeep = new gitpod.Workflow("upkeep", {
  name: "Upkeep",
  description: "Updates what the website depends on",
  triggers: [{ time: { cronExpression: "0 6 * * 1" }, context: { projects: { projectIds: [project.id] } } }],
  action: {
    limits: { maxParallel: 1, maxTotal: 10 },
    steps: [{ agent: { prompt: "Update the dependencies, and run the tests." } }],
  },
});

export const workflowId = upkeep.id;
