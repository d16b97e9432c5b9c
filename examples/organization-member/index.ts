import * as gitpod from "pulumi-gitpod";

const identity = gitpod.getAuthenticatedIdentityOutput();

const me = new gitpod.OrganizationMember("me", {
  userId: identity.apply(({ subject }) => subject?.id ?? ""),
  role: gitpod.OrganizationRole.ADMIN,
});

export const memberId = me.id;
