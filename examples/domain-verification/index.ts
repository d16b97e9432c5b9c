import * as gitpod from "pulumi-gitpod";

const domain = new gitpod.DomainVerification("example", { domain: "example.com" });

// Publish this as a TXT record of the domain.
export const record = domain.verificationToken;
