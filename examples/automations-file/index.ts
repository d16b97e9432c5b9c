import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environment = new gitpod.Environment("workshop", {
  spec: {
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
  },
});

// The provider reads the file where the program runs; a preview reports mistakes with line and column.
const file = new gitpod.AutomationsFile("automations", {
  environmentId: environment.id,
  path: "automations.yaml",
});

// Or declare them here, or pass the text of a file as `yaml`.
new gitpod.AutomationsFile("checks", {
  environmentId: environment.id,
  automations: { tasks: { lint: { name: "Lint", command: "npm run lint", triggeredBy: ["prebuild"] } } },
});

export const seedTaskId = file.tasks.apply((tasks) => tasks.seed);
