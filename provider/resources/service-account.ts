import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { defineResource } from "../model/definition";

const accounts = ServiceAccountService.method;

/**
 * An account for programs, which acts in the organization without a person.
 *
 * It ends at `validUntil`. Another time there replaces it, and the new account has none of its tokens and secrets.
 * Deleting an account suspends it: the API still shows it, and it counts as gone.
 */
export const serviceAccount = defineResource({
  kind: "ServiceAccount",
  create: accounts.createServiceAccount,
  get: accounts.getServiceAccount,
  list: accounts.listServiceAccounts,
  update: accounts.updateServiceAccount,
  delete: accounts.deleteServiceAccount,
  required: ["name", "validUntil"],
  goneIf: { suspended: true },
});
