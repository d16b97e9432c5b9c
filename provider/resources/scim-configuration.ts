import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * How an identity provider tells the organization about its users, and the token that it signs in with.
 *
 * A change of `triggers` or `tokenExpiresIn` (1 to 730 days, a year if left out) makes a new token, and the old one stops
 * working. There is one for each {@link SsoConfiguration}. After an import, `token` is missing until `triggers` change.
 */
export const scimConfiguration = defineResource({
  kind: "ScimConfiguration",
  create: organizations.createSCIMConfiguration,
  get: organizations.getSCIMConfiguration,
  list: organizations.listSCIMConfigurations,
  update: organizations.updateSCIMConfiguration,
  delete: organizations.deleteSCIMConfiguration,
  updateOnly: ["enabled"],
  own: TriggerInputsSchema,
  extra: {
    triggers: { method: organizations.regenerateSCIMToken, on: "change" },
    tokenExpiresIn: { method: organizations.regenerateSCIMToken, field: "tokenExpiresIn", on: "change" },
  },
  once: { token: "answer" },
  required: ["ssoConfigurationId"],
  writeOnly: ["tokenExpiresIn"],
  derived: ["tokenExpiresAt"],
  volatile: ["updatedAt"],
  naturalKey: ["ssoConfigurationId"],
});
