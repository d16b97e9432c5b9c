import * as gitpod from "pulumi-gitpod";

const domain = new gitpod.CustomDomain("ours", {
  domainName: "gitpod.example.com",
  provider: gitpod.CustomDomainProvider.AWS,
  cloudAccountId: "123456789012",
});

export const domainName = domain.domainName;
