import * as gitpod from "pulumi-gitpod";

const organization = new gitpod.Organization("acme", { name: "Acme", inviteDomains: { domains: ["acme.example"] } });

export const organizationId = organization.id;
