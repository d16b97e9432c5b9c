import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// A class of the runner that uses the credential: any of them names it.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const account = new gitpod.ServiceAccount("pipeline", { name: "Pipeline", validUntil: "2035-01-01T00:00:00Z" });

const token = new gitpod.HostAuthenticationToken("github", {
  runnerId: classes.apply((found) => found[0]?.runnerId ?? ""),
  host: "github.com",
  // Set with `pulumi config set --secret githubToken`.
  token: new pulumi.Config().getSecret("githubToken") ?? pulumi.secret("change-me"),
  source: gitpod.HostAuthenticationTokenSource.PAT,
  subject: { principal: gitpod.Principal.SERVICE_ACCOUNT, id: account.id },
});

export const tokenId = token.id;
