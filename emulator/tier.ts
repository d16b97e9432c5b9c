import { create } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import {
  OrganizationTier,
  OrganizationTierFailedPreconditionDetailsSchema,
} from "../proto/gen/gitpod/v1/organization_pb";
import { type Caller, callerOf, find } from "./caller";
import { precondition } from "./refusal";
import type { Site } from "./site";

/** The caller of a call for which the organization has to be on the highest plan. */
export function enterprise({ world }: Site, context: HandlerContext, what: string): Caller {
  const caller = callerOf(context);
  if (find(world.organizations, caller, caller.organizationId).remote.tier !== OrganizationTier.ENTERPRISE) {
    const message = `${what} need the enterprise tier`;
    const value = create(OrganizationTierFailedPreconditionDetailsSchema, {
      message,
      requiredTier: OrganizationTier.ENTERPRISE,
    });
    throw precondition(message, { desc: OrganizationTierFailedPreconditionDetailsSchema, value });
  }
  return caller;
}
