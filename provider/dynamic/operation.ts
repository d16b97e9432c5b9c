import type { Definition } from "../definition";
import type { Operation } from "../operation";
import { secretValues } from "../secret-path";
import { systemClock } from "../wait";
import { connection } from "./connection";
import { type Properties, placesOf } from "./hidden";
import { statusLine } from "./status-line";
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
  const tell = statusLine(typeof passed.__urn === "string" ? passed.__urn : undefined);
  const secrets = properties.flatMap(({ visible, state, passed }) =>
    secretValues(state?.inputs ?? visible, placesOf(definition, passed)),
  );
  try {
    return await work({ client, timeout: timeoutOf(passed, name), secrets, tell, clock: systemClock });
  } finally {
    tell("");
  }
}
