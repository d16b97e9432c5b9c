import type { Client } from "../../provider/client/client";
import { type Operation, quiet } from "../../provider/model/operation";
import { createMemory } from "../../provider/model/run-memory";
import type { Clock } from "../../provider/value/clock";

/** Returns what reads of the provider take, which are about no resource here. */
export const operationWith = (client: Client, clock: Clock, signal: AbortSignal): Operation => ({
  ...quiet(),
  client,
  clock,
  signal,
  memory: createMemory(),
});
