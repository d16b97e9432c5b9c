import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const project = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});

const token = new gitpod.Secret("registry-token", {
  name: "REGISTRY_TOKEN",
  // Set with `pulumi config set --secret registryToken`; it is encrypted in the state and never printed.
  value: new pulumi.Config().getSecret("registryToken") ?? pulumi.secret("change-me"),
  environmentVariable: true,
  scope: { projectId: project.id },
});

export const secretId = token.id;
