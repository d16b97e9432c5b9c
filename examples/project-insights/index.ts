import * as gitpod from "pulumi-gitpod";

const project = new gitpod.Project("blog", {
  name: "Blog",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});

const insights = new gitpod.ProjectInsights("blog", { projectId: project.id });

export const enabled = insights.enabled;
