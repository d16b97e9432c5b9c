import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();
const sso = new gitpod.SsoConfiguration("corporate", {
  clientId: config.get("clientId") ?? "gitpod",
  // Set with `pulumi config set --secret clientSecret`.
  clientSecret: config.getSecret("clientSecret") ?? pulumi.secret("change-me"),
  issuerUrl: "https://login.example.com",
});

export const state = sso.state;
