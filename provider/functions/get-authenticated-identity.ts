import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { defineFunction } from "./define-function";

/** Returns the organization and the user or service account behind the token. */
export const getAuthenticatedIdentity = defineFunction({
  name: "getAuthenticatedIdentity",
  method: IdentityService.method.getAuthenticatedIdentity,
});
