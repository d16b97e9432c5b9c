import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environment = new gitpod.Environment("workshop", {
  spec: {
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
  },
});

const database = new gitpod.Service("database", {
  environmentId: environment.id,
  metadata: { reference: "database", name: "Database" },
  spec: {
    commands: {
      start: "docker run --rm --name postgres --publish 5432:5432 --env POSTGRES_PASSWORD postgres:17",
      // The service counts as running once this has exited with 0.
      ready: "docker exec postgres pg_isready",
      stop: "docker stop postgres",
    },
    env: [{ name: "POSTGRES_PASSWORD", value: "postgres" }],
    runsOn: { machine: {} },
    readinessTimeout: "120s",
  },
});

export const phase = database.status.phase;
export const log = database.status.logUrl;
