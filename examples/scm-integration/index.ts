import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// A class of the runner that the integration is for: any of them names it.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const runnerId = classes.apply((found) => found[0]?.runnerId ?? "");

const config = new pulumi.Config();
const github = new gitpod.ScmIntegration("github", {
  runnerId,
  scmId: "github",
  host: "github.com",
  oauthClientId: config.get("clientId") ?? "Iv1.0123456789abcdef",
  // Set with `pulumi config set --secret clientSecret`.
  oauthPlaintextClientSecret: config.getSecret("clientSecret") ?? pulumi.secret("change-me"),
  pat: true,
});

export const integrationId = github.id;
