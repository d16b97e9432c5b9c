import * as gitpod from "pulumi-gitpod";

// Whoever has joined is known by the mail address.
const email = "user-0003@emulator.localhost";
const members = gitpod.listMembersOutput({ filter: { email } });

const deputy = new gitpod.OrganizationMember("deputy", {
  userId: members.apply((found) => found.find((member) => member.email === email)?.userId ?? ""),
  role: gitpod.OrganizationRole.ADMIN,
});

export const memberId = deputy.id;
