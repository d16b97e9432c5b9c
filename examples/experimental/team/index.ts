import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("platform", { name: "Platform" });

export const teamId = team.id;
