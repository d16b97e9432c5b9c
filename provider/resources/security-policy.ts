import { SecurityService } from "../../proto/gen/gitpod/v1/security_pb";
import { defineResource } from "../model/definition";

const policies = SecurityService.method;

/**
 * What environments may do: who reaches their ports, and which programs run. The organization's policies assign it.
 *
 * A change sends `metadata` and `spec` as a whole. The API refuses to delete a policy that is assigned: assign another
 * first.
 */
export const securityPolicy = defineResource({
  kind: "SecurityPolicy",
  create: policies.createSecurityPolicy,
  get: policies.getSecurityPolicy,
  list: policies.listSecurityPolicies,
  update: policies.updateSecurityPolicy,
  delete: policies.deleteSecurityPolicy,
  required: ["metadata.name", "spec"],
  volatile: ["updatedAt"],
});
