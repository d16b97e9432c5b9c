import * as gitpod from "pulumi-gitpod";

const team = new gitpod.experimental.Team("research", { name: "Research" });

export const teamId = team.id;
