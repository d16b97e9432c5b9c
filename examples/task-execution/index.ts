import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const revision = new pulumi.Config().get("revision") ?? "main";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environment = new gitpod.Environment("checks", {
  spec: {
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
  },
});

const tests = new gitpod.Task("tests", {
  environmentId: environment.id,
  metadata: { reference: "tests", name: "Tests" },
  spec: { command: "npm test" },
});

// Tests each revision once: a changed trigger runs the task again.
const run = new gitpod.TaskExecution(
  "tests",
  { taskId: tests.id, triggers: { revision } },
  { customTimeouts: { create: "20m" } },
);

export const phase = run.status.phase;
export const log = run.status.logUrl;
