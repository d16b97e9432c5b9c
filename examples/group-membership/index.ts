import * as gitpod from "pulumi-gitpod";

const identity = gitpod.getAuthenticatedIdentityOutput();
const approvers = new gitpod.Group("approvers", { name: "Approvers" });

const membership = new gitpod.GroupMembership("me", {
  groupId: approvers.id,
  subject: {
    principal: gitpod.Principal.USER,
    id: identity.apply(({ subject }) => subject?.id ?? ""),
  },
});

export const membershipId = membership.id;
