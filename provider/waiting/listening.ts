import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { enclosingOf } from "../model/phase";
import type { JsonObject } from "../value/json";
import { hintsOf, type Listening } from "./events";

/** Returns what listens for events about an object; undefined where its kind has none. */
export function listening(
  definition: Definition,
  { client, clock, voice }: Operation,
  id: string,
  remote: JsonObject,
): ((hear: () => void) => Listening) | undefined {
  const { events } = definition.phase ?? {};
  if (!events) return undefined;
  const topic = { type: events, id, enclosing: enclosingOf(definition, remote) };
  return (hear) => hintsOf(client, clock).listen(topic, { hear, inform: voice.inform });
}
