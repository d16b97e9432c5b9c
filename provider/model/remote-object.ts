import { at, type Json, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import type { Definition } from "./definition";
import { fieldAt } from "./descriptor";
import { factsOf } from "./shape";

const whereMade = [["metadata", "createdAt"], ["createdAt"], ["metadata", "startedAt"]];

/** Whether objects of a kind say when they were made. */
export const saysWhenMade = (definition: Definition): boolean =>
  whereMade.some((path) => fieldAt(factsOf(definition).resource, path));

/** Returns when an object was created, in milliseconds since the epoch, where it says so. */
export function createdAt(object: JsonObject): number | undefined {
  const text = whereMade.map((path) => at(object, path)).find((each) => each !== undefined);
  return typeof text === "string" ? Date.parse(text) : undefined;
}

/** Returns when an object came to its end, in milliseconds since the epoch; when it was created where it does not say so. */
export function endedAt({ phase }: Definition, object: JsonObject): number | undefined {
  const text = phase?.endedAt && at(object, steps(phase.endedAt));
  return typeof text === "string" ? Date.parse(text) : createdAt(object);
}

const whereNamed = [["metadata", "name"], ["name"]];

/** Whether objects of a kind have a name. */
export const isNamed = (definition: Definition): boolean =>
  whereNamed.some((path) => fieldAt(factsOf(definition).resource, path));

/** Returns the name of an object that has one. */
export const nameOf = (object: JsonObject): Json | undefined =>
  whereNamed.map((path) => at(object, path)).find((each) => each !== undefined);

/** Returns who has created an object, where it says so. */
export const creatorOf = (object: JsonObject): Json | undefined =>
  at(object, ["metadata", "creator", "id"]) ?? at(object, ["creator", "id"]) ?? at(object, ["creatorId"]);
