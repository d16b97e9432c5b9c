import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("newcomers", { name: "Newcomers" });

// Another quarter ends the link of the one before.
const invitation = new gitpod.experimental.TeamInvitation("invitation", {
  teamId: team.id,
  triggers: { quarter: "2027-1" },
});

export const invitationId = invitation.invitationId;
