import type { IntegrationAuthentication } from "../../proto/gen/gitpod/v1/integration_pb";

/** Takes the secrets out of the credentials of an integration, and returns those that were stated, by their paths. */
export function takeSecrets(auth: IntegrationAuthentication | undefined): Record<string, string> {
  const taken: Record<string, string> = {};
  const take = <Part extends object>(
    name: string,
    part: Part | undefined,
    fields: readonly (keyof Part & string)[],
  ) => {
    for (const field of fields) {
      const value = part?.[field];
      if (part !== undefined && typeof value === "string" && value !== "") {
        taken[`${name}.${field}`] = value;
        Object.assign(part, { [field]: "" });
      }
    }
  };
  take("oauth", auth?.oauth, ["clientSecret"]);
  take("proprietaryApp", auth?.proprietaryApp, ["clientSecret", "webhookSecret", "privateKey", "apiKey"]);
  return taken;
}
