import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { createCounter, type Most } from "../call/count";
import { type Caller, callerKey } from "../caller";
import type { Site } from "../site";

/** Refuses calls above the limits of a user, and does not say how long to wait. */
export function limiting(site: Site): Interceptor {
  const counter = createCounter(site);
  const count = (key: string, most: Most, cost: number) => {
    if (counter.add(key, most, cost) !== undefined) {
      throw new ConnectError("too many requests", Code.ResourceExhausted);
    }
  };
  return (next) => (request) => {
    const caller = request.contextValues.get(callerKey);
    if (caller !== undefined) {
      const { name } = request.method;
      const few = limits[name];
      if (few !== undefined) {
        count(`${caller.id} ${name}`, few, 1);
      }
      count(caller.id, all, costOf(site, caller, request.method));
    }
    return next(request);
  };
}

const all: Most = { calls: 200, within: 60_000 };
const limits: Record<string, Most> = {
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
