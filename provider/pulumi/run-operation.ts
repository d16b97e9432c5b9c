import { about } from "../client/watch";
import { plainSecrets, toldSecrets } from "../mapping/secret-paths";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import type { RunMemory } from "../model/run-memory";
import { keptIn } from "../model/state";
import { systemClock } from "../value/clock";
import { allTold } from "./call-log";
import type { Connection } from "./connection";
import { voiceOf } from "./engine";
import { type Properties, placesOf, type Stored } from "./stored-properties";
import { timeoutOf } from "./timeout";

/** What an adapter brings to an operation beside the properties. */
export interface Run {
  readonly connection: Connection;
  readonly memory: RunMemory;
  /** Fires when the operation shall end. */
  readonly signal: AbortSignal;
  /** Fires when nobody waits for the answer any more, so that nothing keeps what it says. */
  readonly unheard?: AbortSignal | undefined;
  /** The seconds that the engine gives the operation, where it tells. */
  readonly timeout?: number | undefined;
  /** Makes the failure that hands over what to store of an object that is not ready. */
  readonly keptFailure: (kept: Stored, reason: string) => Error;
}

/** Runs an operation on a resource; the first of the properties are those that it is about. */
export async function during<T>(
  { connection, memory, signal, timeout }: Run,
  definition: Definition,
  name: string,
  properties: readonly [Properties, ...Properties[]],
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const [client, stateId] = await Promise.all([connection.client(definition), connection.stateId]);
  if (!client) throw new Error("the token or the host of the provider is not known yet");
  const [{ passed, urn }] = properties;
  const secrets = properties.flatMap(({ visible, state, passed }) => [
    ...[state?.inputs ?? visible, ...keptIn(state?.seen ?? {})].flatMap((values) =>
      plainSecrets(values, placesOf(definition, passed)),
    ),
    ...toldSecrets(definition, visible),
  ]);
  const { voice, silence } = voiceOf(urn, secrets);
  try {
    const seconds = timeout ?? timeoutOf(passed, name);
    const operation = { client, memory, urn, stateId, signal, timeout: seconds, secrets, voice, clock: systemClock };
    return await about.run(urn, () => work(operation));
  } finally {
    await Promise.all([silence(), allTold()]);
  }
}
