import * as gitpod from "pulumi-gitpod";

const identity = gitpod.getAuthenticatedIdentityOutput();

const reviewers = new gitpod.Group("reviewers", {
  organizationId: identity.organizationId,
  name: "Reviewers",
  description: "May open the environments of others",
});

export const groupId = reviewers.id;
