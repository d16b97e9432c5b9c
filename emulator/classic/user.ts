import type { ServiceImpl } from "@connectrpc/connect";
import type { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { callerOf } from "../caller";
import { notFound } from "../refusal";
import type { Site } from "../site";

/** Answers whose token makes a call of Classic. */
export function classicUserService(site: Site): Partial<ServiceImpl<typeof UserService>> {
  const { classicUsers: table } = site.world;
  return {
    getAuthenticatedUser: (_request, context) => {
      const { id } = callerOf(context);
      const row = table.rows.get(id);
      if (row === undefined) {
        throw notFound(table.noun, id);
      }
      return { user: table.copy(row.remote) };
    },
  };
}
