import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const signIn = new gitpod.SsoConfiguration("acme", {
  clientId: "gitpod",
  clientSecret: new pulumi.Config().requireSecret("clientSecret"),
  issuerUrl: "https://login.acme.example",
});

const scim = new gitpod.ScimConfiguration("acme", {
  name: "Acme",
  ssoConfigurationId: signIn.id,
  tokenExpiresIn: "7776000s",
});

export const token = scim.token;
