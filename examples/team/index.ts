import * as gitpod from "pulumi-gitpod";

const platform = new gitpod.Team("platform", { name: "Platform" });

export const teamId = platform.id;
