import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });

const project = new gitpod.Project("quickstart", {
  name: "Quickstart",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
  environmentClasses: [{ environmentClassId: classes.apply((found) => found[0]?.id), order: 0 }],
});

const environment = new gitpod.Environment("quickstart", {
  projectId: project.id,
  name: "Quickstart",
  spec: {
    desiredPhase: gitpod.EnvironmentPhase.RUNNING,
    ports: [{ port: 3000, name: "website", admission: gitpod.AdmissionLevel.CREATOR_ONLY }],
  },
});

const database = new gitpod.Service("database", {
  environmentId: environment.id,
  metadata: { reference: "database", name: "Database" },
  spec: { commands: { start: "docker run --rm --publish 5432:5432 postgres:17", ready: "pg_isready" } },
});

const website = new gitpod.Service(
  "website",
  {
    environmentId: environment.id,
    metadata: { reference: "website", name: "Website" },
    spec: { commands: { start: "npm start", ready: "curl --fail http://localhost:3000" } },
  },
  // Starts when the database is ready, not merely when it is declared.
  { dependsOn: database },
);

const migrate = new gitpod.Task(
  "migrate",
  {
    environmentId: environment.id,
    metadata: { reference: "migrate", name: "Migrate the database" },
    spec: { command: "npm run migrate" },
    // Runs now, and again whenever the task changes.
    run: {},
  },
  { dependsOn: database },
);

export const urls = environment.status.environmentUrls;
export const phases = {
  environment: environment.status.phase,
  database: database.status.phase,
  website: website.status.phase,
};
export const migration = migrate.execution?.status.phase;
