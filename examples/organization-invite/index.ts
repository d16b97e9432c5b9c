import * as gitpod from "pulumi-gitpod";

// Another quarter ends the link of the one before.
const invite = new gitpod.OrganizationInvite("newcomers", { triggers: { quarter: "2027-1" } });

export const inviteId = invite.inviteId;
