import { SecurityService } from "../../proto/gen/gitpod/v1/security_pb";
import { defineResource } from "../model/definition";

const policies = SecurityService.method;

/**
 * What environments may do: how far their ports open, and which executables run. The organization's policies assign it.
 *
 * A policy that is assigned cannot be deleted.
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
