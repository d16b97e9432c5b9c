import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });

const environment = new gitpod.Environment("demo", {
  name: "Demo",
  spec: {
    desiredPhase: gitpod.EnvironmentPhase.RUNNING,
    machine: { class: classes.apply((found) => found[0]?.id) },
    content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
    ports: [{ port: 3000, name: "website", admission: gitpod.AdmissionLevel.ORGANIZATION }],
    // Stops the environment after half an hour without activity.
    timeout: { disconnected: "1800s" },
  },
});

export const environmentId = environment.id;
export const phase = environment.status.phase;
export const url = environment.status.environmentUrls.apply(
  (urls) => urls?.ports?.find(({ port }) => port === 3000)?.url,
);
