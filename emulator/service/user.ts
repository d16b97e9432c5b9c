import type { ServiceImpl } from "@connectrpc/connect";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import type { UserService } from "../../proto/gen/gitpod/v1/user_pb";
import { type Caller, callerOf, find } from "../caller";
import { denied } from "../refusal";
import type { Site } from "../site";

/** Answers who a user is, and who the user of a token is: a member of the organization. */
export function userService(site: Site): Partial<ServiceImpl<typeof UserService>> {
  const userOf = (caller: Caller, userId: string) => {
    const { fullName, avatarUrl, email, status, memberSince } = find(site.world.members, caller, userId).remote;
    return {
      id: userId,
      organizationId: caller.organizationId,
      name: fullName,
      avatarUrl,
      email,
      status,
      ...(memberSince === undefined ? {} : { createdAt: memberSince }),
    };
  };
  return {
    getUser: ({ userId }, context) => ({ user: userOf(callerOf(context), userId) }),
    getAuthenticatedUser: (_request, context) => {
      const caller = callerOf(context);
      // `service-account-user`: Facts are silent on tokens that are not of users; the emulator refuses them.
      if (caller.principal !== Principal.USER) {
        throw denied("the token is not of a user");
      }
      return { user: userOf(caller, caller.id) };
    },
  };
}
