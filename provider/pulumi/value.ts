import { isObject, type Json, type JsonObject, unknown } from "../value/json";

/**
 * Returns what may be handed to Pulumi in place of a value: plain JSON. Anything else would make Pulumi throw after a
 * create has succeeded, and lose the object.
 */
export function storable(value: unknown): Json | undefined {
  if (Array.isArray(value)) return value.map((entry) => storable(entry) ?? null);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return undefined;
  return storableObject(value);
}

/** Returns the parts of an object that may be handed to Pulumi. */
export function storableObject(value: object): JsonObject {
  const parts = Object.entries(value).map(([key, part]) => [key, storable(part)] as const);
  return Object.fromEntries(parts.filter((part): part is [string, Json] => part[1] !== undefined));
}

/** Returns what Pulumi handed over, with one spelling for what is not known yet. */
export function received(value: unknown): Json {
  if (Array.isArray(value)) return value.map(received);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, received(part)]));
  return typeof value === "string" && unknowns.has(value) ? unknown : (storable(value) ?? null);
}

/**
 * Wraps a value so that Pulumi encrypts it in its state and never shows it: the only place in the provider that marks a
 * value secret.
 */
export const secretValue = (value: Json): Json => ({ [signature]: envelopes.secret, value });

/** The key by which Pulumi tells an envelope around a value from an object. */
export const signature = "4dabf18193072939515e22adb298388d";

/** What stands at that key, by what is in the envelope. */
export const envelopes = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  reference: "5cf8f73096256a8f31e491e813e4eb8e",
} as const;

/** Pulumi has one sentinel for each type of a value that is not known yet. */
const unknowns = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
