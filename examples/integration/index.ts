import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// What the platform knows of Linear: where it is, and how one signs in there.
const definitions = gitpod.listIntegrationDefinitionsOutput();
const linear = definitions.apply((all) => all.find(({ host }) => host === "linear.app")?.id ?? "");

const config = new pulumi.Config();
const issues = new gitpod.Integration("issues", {
  integrationDefinitionId: linear,
  name: "Issues of the shop",
  enabled: true,
  auth: {
    oauth: {
      clientId: config.get("clientId") ?? "shop",
      // Set with `pulumi config set --secret clientSecret`.
      clientSecret: config.getSecret("clientSecret") ?? pulumi.secret("change-me"),
    },
  },
});

export const integrationId = issues.id;
