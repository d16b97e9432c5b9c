import type { Definition } from "../definition";
import type { Operation } from "../operation";
import { secretValues } from "../secret-path";
import { systemClock } from "../wait";
import { connection } from "./connection";
import { voiceOf } from "./engine";
import { type Properties, placesOf } from "./hidden";
import { engineGone } from "./lifeline";
import { timeoutOf } from "./timeout";

/** Runs an operation on a resource; the first of the properties are those that it is about. */
export async function during<T>(
  definition: Definition,
  name: string,
  properties: readonly [Properties, ...Properties[]],
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const client = await connection();
  if (!client) throw new Error("the token or the host of the provider is not known yet");
  const [{ passed }] = properties;
  const secrets = properties.flatMap(({ visible, state, passed }) =>
    secretValues(state?.inputs ?? visible, placesOf(definition, passed)),
  );
  const urn = typeof passed.__urn === "string" ? passed.__urn : undefined;
  const { voice, silence } = voiceOf(urn, secrets);
  try {
    const signal = engineGone();
    return await work({ client, urn, signal, timeout: timeoutOf(passed, name), secrets, voice, clock: systemClock });
  } finally {
    await silence();
  }
}
