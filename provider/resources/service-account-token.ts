import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { ServiceAccountTokenInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";
import { serviceAccount } from "./service-account";

const accounts = ServiceAccountService.method;

/**
 * A lasting token of a service account, told once as `token`.
 *
 * All its inputs replace: a change of `triggers` makes another token and then revokes this one. It ends with its account,
 * or earlier, after `validFor`; a refresh finds it gone, and the next `up` makes another one. Calls are made in the name
 * of the account, with a token valid for 30 minutes that is kept in memory only.
 *
 * Import it as `ACCOUNT/TOKEN`; `token` is then missing.
 */
export const serviceAccountToken = defineResource({
  kind: "ServiceAccountToken",
  address: ["serviceAccountId", "id"],
  as: {
    account: "serviceAccountId",
    mint: accounts.createServiceAccountAccessToken,
    kind: () => serviceAccount,
    overIf: { validUntil: "past" },
  },
  create: accounts.createServiceAccountToken,
  get: accounts.getServiceAccountToken,
  list: accounts.listServiceAccountTokens,
  delete: accounts.deleteServiceAccountToken,
  own: ServiceAccountTokenInputsSchema,
  once: { token: "answer" },
  required: ["serviceAccountId"],
  goneIf: { expiresAt: "past" },
  writeOnly: ["validFor"],
  volatile: ["lastUsed"],
});
