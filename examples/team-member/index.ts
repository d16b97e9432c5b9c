import * as gitpod from "pulumi-gitpod";

const identity = gitpod.getAuthenticatedIdentityOutput();
const design = new gitpod.Team("design", { name: "Design" });

const member = new gitpod.TeamMember("me", {
  teamId: design.id,
  userId: identity.apply(({ subject }) => subject?.id ?? ""),
});

export const joined = member.createdAt;
