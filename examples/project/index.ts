import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });

const project = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
  devcontainerFilePath: ".devcontainer/devcontainer.json",
  // An environment gets the first class unless somebody chooses another one from the list.
  environmentClasses: classes.apply((found) => found.map(({ id }, order) => ({ environmentClassId: id, order }))),
  recommendedEditors: { editors: { vscode: {} } },
});

export const projectId = project.id;
export const organizationId = project.metadata.organizationId;
