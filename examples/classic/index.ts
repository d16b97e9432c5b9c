import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();
const { OWNER, MEMBER } = gitpod.experimental.TeamRole;

// A deletion would take the projects of the team along.
const team = new gitpod.experimental.Team("delivery", { name: "Delivery", discardMembers: true });

// People who have an account, by any name: `pulumi config set --path members.ada USER_ID` for each.
for (const [name, userId] of Object.entries(config.getObject<Record<string, string>>("members") ?? {}))
  new gitpod.experimental.TeamMember(name, {
    teamId: team.id,
    userId,
    role: name === config.get("lead") ? OWNER : MEMBER,
  });

// Everybody else joins with this link; another quarter ends it.
const invitation = new gitpod.experimental.TeamInvitation("newcomers", {
  teamId: team.id,
  triggers: { quarter: "2027-1" },
});

const website = new gitpod.experimental.Workspace("website", {
  contextUrl: "https://github.com/example/website",
  organizationId: team.id,
  startSpec: { workspaceClass: "g1-standard", ideSettings: { defaultIde: "code" } },
  desiredPhase: gitpod.experimental.WorkspaceInstanceStatusPhase.RUNNING,
});

export const workspaceId = website.id;
export const invitationId = invitation.invitationId;
