import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";

/** Returns properties as they travel to a provider; one that does not take secrets gets them in clear. */
export const sent = (properties: JsonObject, acceptsSecrets: boolean): Struct =>
  Struct.fromJavaScript((acceptsSecrets ? properties : inClear(properties)) as never);

/** Returns properties as they came from a provider, secrets in their envelopes. */
export const received = (struct: Struct | undefined): JsonObject => (struct?.toJavaScript() ?? {}) as JsonObject;

/** Returns a value without the envelopes of secrets. */
export function inClear(value: Json): Json {
  if (Array.isArray(value)) return value.map(inClear);
  if (!isObject(value)) return value;
  if (value[envelope] === secret) return inClear(value.value ?? null);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inClear(part)]));
}

/** Returns what a state shows in clear to whoever reads it. */
export function exposed(value: Json): Json {
  if (Array.isArray(value)) return value.map(exposed);
  if (!isObject(value)) return value;
  if (value[envelope] === secret) return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__provider")
      .map(([name, part]) => [name, exposed(part)]),
  );
}

/** Returns what the engine compares of properties: what it shows to people. */
export const shown = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(inClear(properties) as JsonObject).filter(([name]) => !name.startsWith("__")));

const envelope = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
