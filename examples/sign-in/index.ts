import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();
const domain = config.get("domain") ?? "example.com";
const verification = new gitpod.DomainVerification("domain", { domain });

// Publish this as a TXT record of the domain. Then run `pulumi config set published true` and `pulumi up` again.
export const record = verification.verificationToken;

if (config.getBoolean("published")) {
  const verified = gitpod.verifyDomainOutput({ domainVerificationId: verification.id });
  new gitpod.SsoConfiguration(
    "corporate",
    {
      issuerUrl: config.get("issuerUrl") ?? "https://login.example.com",
      clientId: config.get("clientId") ?? "gitpod",
      // Set with `pulumi config set --secret clientSecret`.
      clientSecret: config.getSecret("clientSecret") ?? pulumi.secret("change-me"),
      emailDomain: domain,
    },
    {
      // The API refuses a domain that is not verified.
      dependsOn: verified.apply(() => verification),
      // Nobody of the domain could sign in without it.
      protect: true,
    },
  );
}
