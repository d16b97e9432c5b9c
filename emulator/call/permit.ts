import type { DescMessage, Message } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { type Caller, callerKey } from "../caller";
import { textIn } from "../message";
import { type Asked, permissions } from "../permission";
import { denied, notFound } from "../refusal";
import { governs, hasRole, isAdmin, lookUp } from "../role";
import type { Site } from "../site";

/** Refuses calls about another organization, and those that the caller lacks the role for. */
export function permission(site: Site): Interceptor {
  return (next) => (request) => {
    const caller = request.contextValues.get(callerKey);
    if (caller !== undefined && !request.stream) {
      const { input, parent, name } = request.method;
      const organization = textIn(input, request.message, "organizationId");
      if (organization !== undefined && organization !== caller.organizationId) {
        throw notFound("organization", organization);
      }
      const asked = permissions[`${parent.name}/${name}`];
      if (asked !== undefined && !isAllowed(site, caller, asked, input, request.message)) {
        throw denied(`${parent.name}/${name} needs a role that the caller does not have`);
      }
    }
    return next(request);
  };
}

function isAllowed(site: Site, caller: Caller, asked: Asked, input: DescMessage, message: Message): boolean {
  const { organization, on, user = false } = asked;
  if (user && (caller.principal !== Principal.USER || (organization === undefined && on === undefined))) {
    return caller.principal === Principal.USER;
  }
  if (isAdmin(site, caller) || hasRole(site, caller, caller.organizationId, organization ?? [])) {
    return true;
  }
  const id = on === undefined ? undefined : textIn(input, message, on.field);
  if (on === undefined || id === undefined) {
    return false;
  }
  // What does not exist for the caller is not found, which the call itself says.
  return lookUp(site, caller, id) === undefined || governs(site, caller, id, on.roles);
}
