import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const project = new gitpod.Project("landing-page", {
  name: "Landing page",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});
const upkeep = new gitpod.Workflow("upkeep", {
  name: "Upkeep",
  triggers: [{ manual: {}, context: { projects: { projectIds: [project.id] } } }],
  action: {
    limits: { maxParallel: 1, maxTotal: 10 },
    steps: [{ agent: { prompt: "Update the dependencies, and run the tests." } }],
  },
});

// Another release runs it again: `pulumi config set release …`.
const run = new gitpod.WorkflowExecution("upkeep", {
  workflowId: upkeep.id,
  triggers: { release: new pulumi.Config().get("release") ?? "1.0" },
});

export const runId = run.id;
