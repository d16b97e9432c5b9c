import type { ServiceImpl } from "@connectrpc/connect";
import type { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { callerOf } from "../caller";

/** Answers the calls of the identity service. */
export function identityService(): Partial<ServiceImpl<typeof IdentityService>> {
  return {
    getAuthenticatedIdentity: (_request, context) => {
      const { id, principal, organizationId } = callerOf(context);
      return { subject: { id, principal }, organizationId, organizationTier: "enterprise" };
    },
  };
}
