import { SecretService } from "../../proto/gen/gitpod/v1/secret_pb";
import { defineResource } from "../model/definition";

const secrets = SecretService.method;

/**
 * A value that environments of a project, a user, an organization or a service account receive.
 *
 * `value` (at most 10240 characters) is kept as a secret in the state whether or not the program says so; the API never
 * gives it back, so a value changed elsewhere goes unnoticed. Exactly one of `filePath`, `environmentVariable`,
 * `containerRegistryBasicAuthHost` and `apiOnly` says where environments find it.
 */
export const secret = defineResource({
  kind: "Secret",
  create: secrets.createSecret,
  list: secrets.listSecrets,
  within: ["scope"],
  update: secrets.updateSecretValue,
  delete: secrets.deleteSecret,
  required: ["name", "value", "scope"],
  deprecated: ["projectId"],
  sensitive: ["value"],
  naturalKey: ["name", "scope"],
});
