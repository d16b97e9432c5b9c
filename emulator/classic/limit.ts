import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { type Caller, callerKey } from "../caller";
import type { Site } from "../site";

/** Refuses calls above the limits of a user, and does not say how long to wait. */
export function limiting(site: Site): Interceptor {
  const made = new Map<string, { readonly at: number; readonly cost: number }[]>();
  const count = (key: string, cost: number, { calls, within }: Limit) => {
    const past = (made.get(key) ?? []).filter(({ at }) => at > site.now() - within);
    const used = past.reduce((sum, one) => sum + one.cost, 0);
    if (used + cost > calls) {
      throw new ConnectError("too many requests", Code.ResourceExhausted);
    }
    made.set(key, [...past, { at: site.now(), cost }]);
  };
  return (next) => (request) => {
    const caller = request.contextValues.get(callerKey);
    if (caller !== undefined) {
      const { name } = request.method;
      const few = limits[name];
      if (few !== undefined) {
        count(`${caller.id} ${name}`, 1, few);
      }
      count(caller.id, costOf(site, caller, request.method), all);
    }
    return next(request);
  };
}

interface Limit {
  readonly calls: number;
  /** Milliseconds. */
  readonly within: number;
}

const all: Limit = { calls: 200, within: 60_000 };
const limits: Record<string, Limit> = {
  CreateAndStartWorkspace: { calls: 3, within: 10_000 },
  StartWorkspace: { calls: 3, within: 10_000 },
};

/** For how many calls a call counts, since the server makes more of some. */
function costOf({ world }: Site, caller: Caller, { name }: DescMethod): number {
  if (name === "ListTeams") {
    return (
      1 + 2 * [...world.classicTeamMembers.rows.values()].filter(({ owner }) => owner.creatorId === caller.id).length
    );
  }
  return costs[name] ?? 1;
}

const costs: Record<string, number> = { GetTeam: 3, CreateTeam: 3, JoinTeam: 3, StartWorkspace: 2, StopWorkspace: 2 };
