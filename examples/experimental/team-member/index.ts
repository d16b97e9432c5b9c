import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("tools", { name: "Tools" });

const member = new gitpod.experimental.TeamMember("reviewer", {
  teamId: team.id,
  userId: "01900000-0000-7000-9000-000000000003",
  role: gitpod.experimental.TeamRole.MEMBER,
});

export const since = member.memberSince;
