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

const clock = new gitpod.Service("clock", {
  environmentId: environment.id,
  metadata: { reference: "clock", name: "Clock" },
  spec: {
    commands: { start: "while true; do date > /tmp/index.html; sleep 5; done", ready: "test -s /tmp/index.html" },
  },
});

const website = new gitpod.Service(
  "website",
  {
    environmentId: environment.id,
    metadata: { reference: "website", name: "Website" },
    spec: {
      commands: { start: "python3 -m http.server 3000 --directory /tmp", ready: "curl --fail http://localhost:3000" },
    },
  },
  // Starts once the clock service is ready.
  { dependsOn: clock },
);

const greet = new gitpod.Task(
  "greet",
  {
    environmentId: environment.id,
    metadata: { reference: "greet", name: "Greet" },
    spec: { command: "curl --fail http://localhost:3000" },
    // Runs now, and again whenever the task changes.
    run: {},
  },
  { dependsOn: website },
);

export const urls = environment.status.environmentUrls;
export const phases = {
  environment: environment.status.phase,
  clock: clock.status.phase,
  website: website.status.phase,
};
export const greeting = greet.execution?.status.phase;
