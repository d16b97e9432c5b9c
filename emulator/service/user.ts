import type { ServiceImpl } from "@connectrpc/connect";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { type UserService, UserStatus } from "../../proto/gen/gitpod/v1/user_pb";
import { callerOf } from "../caller";
import { denied } from "../refusal";

/** Answers who the user of a token is; what is known of a user is the id, so that name and address are made of it. */
export function userService(): Partial<ServiceImpl<typeof UserService>> {
  return {
    getAuthenticatedUser: (_request, context) => {
      const { id, organizationId, principal } = callerOf(context);
      // Facts are silent on tokens that are not of users; the emulator refuses them.
      if (principal !== Principal.USER) {
        throw denied("the token is not of a user");
      }
      const name = `user-${id.slice(-4)}`;
      return { user: { id, organizationId, name, email: `${name}@emulator.localhost`, status: UserStatus.ACTIVE } };
    },
  };
}
