import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("platform", { name: "Platform" });

// Another quarter ends the link of the one before.
const invitation = new gitpod.experimental.TeamInvitation("newcomers", {
  teamId: team.id,
  triggers: { quarter: "2027-1" },
});

export const invitationId = invitation.invitationId;
