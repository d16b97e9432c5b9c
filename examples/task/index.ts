import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environment = new gitpod.Environment("workshop", {
  spec: {
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
  },
});

const seed = new gitpod.Task("seed", {
  environmentId: environment.id,
  metadata: {
    reference: "seed",
    name: "Seed the database",
    triggeredBy: [{ manual: true }],
  },
  spec: { command: "npm run seed", env: [{ name: "ROWS", value: "1000" }] },
  // Runs now, and again whenever the task or this trigger changes. Without `run`, this only declares the task.
  run: { triggers: { data: "2025-01" } },
});

export const taskId = seed.id;
export const result = seed.execution?.status.phase;
