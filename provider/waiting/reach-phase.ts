import type { Definition } from "../model/definition";
import { attempt, type Deadline, type Operation } from "../model/operation";
import { enclosingAtRest } from "../reading/enclosing-at-rest";
import { find } from "../reading/find";
import type { JsonObject } from "../value/json";
import { ask } from "./ask";
import { listening } from "./listening";
import { afterAsking, judge, type Next, type Request } from "./next-step";
import { createProgress } from "./progress";
import { waitUntil } from "./wait";
import { failureReport, lateReport, vanishedReport } from "./wait-error";

/** Where an object shall go, and what is known of it. */
export interface Goal {
  readonly id: string;
  readonly inputs: JsonObject;
  /** The object as it was last seen. */
  readonly remote: JsonObject;
  /** The phase to reach; without one, any phase that the object rests in will do. */
  readonly phase?: string | undefined;
  readonly request: Request;
  /** Whether the object was read just now, so that it is judged before the first read. */
  readonly isFresh?: boolean;
  /** Whether settings have just been changed that are to be confirmed, for which the object may leave its phase. */
  readonly isChanged?: boolean;
  readonly deadline: Deadline;
}

/** Brings an object to a phase, waits until it is there, and returns it as it is then. */
export async function reachPhase(definition: Definition, operation: Operation, goal: Goal): Promise<JsonObject> {
  const { client, clock, signal } = operation;
  const { id, deadline } = goal;
  const progress = createProgress(definition, operation, deadline);
  const lagEnds = clock.now() + lag;
  const isEarly = (): boolean => clock.now() < lagEnds;
  let { request } = goal;
  let readAt = 0;
  let wasSeen = goal.isFresh === true;
  const proceed = async (remote: JsonObject): Promise<Next> => {
    const judged = judge(definition, { ...goal, isUnsure: goal.isChanged === true && isEarly() }, request, remote);
    let { next } = judged;
    request = judged.request;
    if (next === "passing" && (await isHeld(definition, operation, id, remote))) return "arrived";
    if (next === "passing") {
      next = isEarly() ? "wait" : "ask";
      // Events do not tell of an object that stays where it is.
      readAt = Math.max(lagEnds, clock.now() + soon);
    }
    if (next === "ask") {
      request = afterAsking(definition, remote);
      await ask(definition, operation, goal, remote);
    }
    return next;
  };
  if (goal.isFresh) {
    progress.see(goal.remote);
    if ((await proceed(goal.remote)) === "arrived") return arrivedAt(operation, id, goal.remote);
  }
  const arrived = await waitUntil({
    look: async (reading) => {
      const found = find(definition, { ...operation, signal: reading }, id, goal);
      const remote = await attempt(operation, `could not read ${definition.kind} ${id}`, found);
      wasSeen ||= remote !== undefined;
      if (wasSeen) progress.see(remote);
      return remote;
    },
    isReached: async (remote) => {
      if (!remote && !wasSeen && isNew(request) && isEarly()) return false;
      if (!remote) throw vanishedReport(definition, goal, progress);
      const next = await proceed(remote);
      if (next === "fail") throw await failureReport(definition, operation, goal, progress, remote);
      return next === "arrived";
    },
    listen: listening(definition, operation, id, goal.remote),
    tick: progress.tick,
    late: (remote) => lateReport(definition, operation, goal, progress, remote),
    deadline: deadline.at,
    readAt: () => readAt,
    pauses: client.api.readPauses,
    clock,
    signal,
  });
  return arrivedAt(operation, id, arrived!);
}

/** How long, in milliseconds, a read may lag behind a create or a request. */
const lag = 10_000;

/** Milliseconds after which a request that may change nothing has been taken. */
const soon = 1000;

const isNew = ({ stands }: Request): boolean => stands === "created" || stands === "begun";

/** Whether an object stays where it is, whatever it was asked, since the object that it lives in is at rest. */
async function isHeld(definition: Definition, operation: Operation, id: string, remote: JsonObject): Promise<boolean> {
  const resting = enclosingAtRest(definition, operation, remote);
  return (await attempt(operation, `could not read ${definition.kind} ${id}`, resting)) !== undefined;
}

function arrivedAt({ memory }: Operation, id: string, remote: JsonObject): JsonObject {
  memory.started.add(id);
  return remote;
}
