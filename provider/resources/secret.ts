import { SecretService } from "../../proto/gen/gitpod/v1/secret_pb";
import { defineResource } from "../model/definition";

const secrets = SecretService.method;

/** A value that environments of a project, a user, an organization or a service account receive. */
export const secret = defineResource({
  kind: "Secret",
  create: secrets.createSecret,
  list: secrets.listSecrets,
  within: ["scope"],
  update: secrets.updateSecretValue,
  delete: secrets.deleteSecret,
  required: ["name", "value", "scope"],
  deprecated: ["projectId"],
  writeOnly: ["value"],
  sensitive: ["value"],
  naturalKey: ["name", "scope"],
  timeouts: { create: 60, update: 60, delete: 60 },
});
