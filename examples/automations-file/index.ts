import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environment = new gitpod.Environment("workshop", {
  spec: {
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
  },
});

// The file is read where the program runs; what is wrong in it is told at preview, with line and column.
const file = new gitpod.AutomationsFile("automations", {
  environmentId: environment.id,
  path: "automations.yaml",
});

// Or stated right here, or with `yaml` as a text.
new gitpod.AutomationsFile("checks", {
  environmentId: environment.id,
  automations: { tasks: { lint: { name: "Lint", command: "npm run lint", triggeredBy: ["prebuild"] } } },
});

export const seedTaskId = file.tasks.apply((tasks) => tasks.seed);
