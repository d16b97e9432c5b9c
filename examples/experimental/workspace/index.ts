import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("platform", { name: "Platform" });

const website = new gitpod.experimental.Workspace("website", {
  contextUrl: "https://github.com/example/website",
  organizationId: team.id,
  startSpec: { workspaceClass: "g1-standard", ideSettings: { defaultIde: "code" } },
  desiredPhase: gitpod.experimental.WorkspaceInstanceStatusPhase.RUNNING,
});

export const workspaceId = website.id;
