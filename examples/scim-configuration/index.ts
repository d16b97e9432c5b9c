import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const signIn = new gitpod.SsoConfiguration("acme", {
  clientId: "gitpod",
  // Set with `pulumi config set --secret clientSecret`.
  clientSecret: new pulumi.Config().getSecret("clientSecret") ?? pulumi.secret("change-me"),
  issuerUrl: "https://login.acme.example",
});

const scim = new gitpod.ScimConfiguration("acme", {
  name: "Acme",
  ssoConfigurationId: signIn.id,
  tokenExpiresIn: "7776000s",
});

export const token = scim.token;
