import { Code } from "@connectrpc/connect";
import { ApiError } from "../../client/error/api-error";
import { redact } from "../../client/error/redact";
import type { Definition } from "../../model/definition";
import { explained, type Operation } from "../../model/operation";
import { createdAt, nameOf } from "../../model/remote-object";
import { renewingInputs } from "../../model/told-once";
import type { JsonObject } from "../../value/json";
import { plainLine } from "../../value/plain-line";

/** Thrown instead of making a second object, or taking over somebody else's: what is there, and each way to go on. */
export class Refusal extends Error {
  constructor(fact: string, ways: readonly string[]) {
    super([`${plainLine(fact)}.`, ...ways.map((way) => `  ${plainLine(way)}.`)].join("\n"));
  }
}

/** Puts a refusal into words line by line, and everything else as all failures. */
export const told = (operation: Operation, attempted: string, error: unknown): ApiError =>
  error instanceof Refusal
    ? new ApiError(redact(`${attempted}: ${error.message}`, operation.secrets), Code.AlreadyExists, undefined)
    : explained(operation, attempted, error);

/** Names objects for a person who has to choose. */
export const candidates = (objects: readonly JsonObject[]): string => objects.slice(0, 10).map(describe).join(", ");

/** Names an object by its id, its name and its age. */
export function describe(object: JsonObject): string {
  const created = createdAt(object);
  const facts = [nameOf(object), created && `created ${new Date(created).toISOString()}`].filter(Boolean);
  return facts.length === 0 ? String(object.id) : `${object.id} (${facts.join(", ")})`;
}

/** The way to go on where a replacement is in the way of itself. */
export const deleteFirst = "If this replaces an object of this stack, set the resource option deleteBeforeReplace";

/** The way to go on with an object that is there, and what makes anew what nobody could be told of it. */
export function adoptIt(
  definition: Definition,
  objects: readonly JsonObject[],
  when = "If an interrupted run has left it",
): string {
  const renewing = renewingInputs(definition).join(" or ");
  const renewed = renewing && `, and state ${renewing} to have a new ${Object.keys(definition.once ?? {}).join(", ")}`;
  return `${when}, take it over with the input adopt: "${objects[0]?.id}"${renewed}`;
}

/** The way to go on without it. */
export const makeAnother = 'To create another one anyway, set adopt: ""';
