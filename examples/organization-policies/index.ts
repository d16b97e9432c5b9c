import * as gitpod from "pulumi-gitpod";

const policies = new gitpod.OrganizationPolicies("policies", {
  maximumEnvironmentsPerUser: "10",
  maximumEnvironmentTimeout: "28800s",
  portSharingDisabled: true,
  agentPolicy: { commandDenyList: ["rm -rf /"] },
});

export const policiesId = policies.id;
