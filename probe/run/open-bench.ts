import { randomBytes } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "../../provider/client/client";
import { mayHaveActed } from "../../provider/client/error/connection-loss";
import { find } from "../../provider/reading/find";
import type { Clock } from "../../provider/value/clock";
import type { JsonObject } from "../../provider/value/json";
import type { Answer, Bench, Made, Makeable } from "../bench";
import { cleanUp, type Left } from "./clean-up";
import { type Ledger, note, type ObjectEntry, type Whose } from "./ledger";
import { creationOf, madeIn } from "./make";
import { operationWith } from "./operation";
import { deletingMethod } from "./undo";

/** What a bench stands on. */
export interface Ground {
  /** A client with a deadline, which ends with the probes. */
  readonly client: Client;
  readonly organizationId: string;
  readonly subjectId: string;
  readonly projectId?: string | undefined;
  readonly environmentClassId?: string | undefined;
  readonly api: "index" | "experimental";
  readonly token?: string;
  readonly classic?: Bench | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly ledger: Ledger;
  /** Is told what takes long. */
  readonly tell: (line: string) => void;
  /** Returns a client for an entry that does not end with the probes. */
  readonly clientFor: (entry: Whose) => Client;
}

/** Opens a bench for probes. */
export function openBench(ground: Ground): Bench {
  const { client, clock, signal, ledger, tell, organizationId, subjectId } = ground;
  const operation = operationWith(client, clock, signal);

  const attempt = async (definition: Makeable, inputs: JsonObject): Promise<{ made: Made; entry: ObjectEntry }> => {
    deletingMethod(definition);
    const creation = creationOf(definition, inputs, name(), organizationId);
    const { api, token } = ground;
    const entry = ledger.makes({ definition, name: creation.name, request: creation.request, api, token });
    try {
      const answer = await client.call(creation.method, creation.request);
      const made = { ...madeIn(definition, creation, answer, { organizationId, subjectId }), name: creation.name };
      note(ledger, entry, made);
      return { made, entry };
    } catch (error) {
      if (!mayHaveActed(error) && !definition.outlivesRefusal) ledger.close(entry);
      throw error;
    }
  };

  const change: Bench["change"] = async (what, { method, request }, ...undo) => {
    const entry = ledger.changes({ what, undo, api: ground.api, token: ground.token });
    try {
      await client.call(method, request);
    } catch (error) {
      if (!mayHaveActed(error)) ledger.close(entry);
      throw error;
    }
  };

  const until = async <T>(read: () => Promise<T>, isSo: (read: T) => boolean, within = minute): Promise<T> => {
    const end = clock.now() + within;
    for (let pause = first; ; pause = Math.min(pause * 1.5, 5000)) {
      const last = await read();
      if (isSo(last) || clock.now() >= end) return last;
      if (pause === first && within > minute) tell(`waits for up to ${Math.round(within / minute)} minutes`);
      await clock.sleep(pause, signal);
    }
  };

  return {
    organizationId,
    subjectId,
    projectId: ground.projectId,
    environmentClassId: ground.environmentClassId,
    classic: ground.classic,
    client,
    as: (token) => openBench({ ...ground, client: client.as(token), token }),
    call: (method, request) => client.call(method, request),
    answer: (method, request, awaited) => answerOf(client.call(method, request), awaited),
    name,
    async make(definition, inputs = {}) {
      const { made, entry } = await attempt(definition, inputs);
      // What has just been made may not be readable yet.
      await until(
        () => find(definition, operation, made.id, { inputs: entry.request }),
        (found) => found !== undefined,
      );
      return made;
    },
    tryToMake: (definition, inputs, awaited) => answerOf(attempt(definition, inputs), awaited),
    async remove({ id }) {
      const [entry] = ledger.open().filter((each) => !("what" in each) && each.ids.has(id));
      if (entry === undefined) return;
      const [left] = await cleanUp({ ...ledger, open: () => [entry] }, { ...ground, signal });
      if (left !== undefined) throw new Unremoved(left);
    },
    change,
    tryToChange: (...args) => answerOf(change(...args)),
    until,
    pause: (milliseconds) => clock.sleep(milliseconds, signal),
    now: clock.now,
  };
}

const minute = 60_000;

/** Milliseconds between the first two reads of what shall become so. */
const first = 250;

/** A probe could not remove what it has made. */
class Unremoved extends Error {
  constructor({ why }: Left) {
    super(`what the probe has made could not be removed: ${why}`);
  }
}

const name = (separator: "-" | "_" = "-"): string => [...prefix, randomBytes(4).toString("hex")].join(separator);

/** What the names of all that probes make begin with, part by part. */
const prefix = ["pulumi", "gitpod", "probe"];

async function answerOf(call: Promise<unknown>, awaited?: Answer): Promise<Answer> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const answer = Code[error.code] ?? "";
    if (!isAnswer(answer) || !error.isWireError || (silent.has(error.code) && answer !== awaited)) throw error;
    return answer;
  }
}

const isAnswer = (name: string): name is Answer => name in Code;

/** What says nothing about an assumption unless it is awaited. */
const silent: ReadonlySet<Code> = new Set([
  Code.Canceled,
  Code.Unknown,
  Code.DeadlineExceeded,
  Code.PermissionDenied,
  Code.ResourceExhausted,
  Code.Aborted,
  Code.Unimplemented,
  Code.Internal,
  Code.Unavailable,
  Code.DataLoss,
  Code.Unauthenticated,
]);
