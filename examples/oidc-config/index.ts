import * as gitpod from "pulumi-gitpod";

const oidc = new gitpod.OidcConfig("oidc", { oidcConfig: { v3: { extraSubFields: ["project_id"] } } });

export const oidcId = oidc.id;
