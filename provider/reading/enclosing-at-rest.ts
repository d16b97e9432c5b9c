import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { enclosingOf, failureOf, meaningOf, phaseOf, reasonsOf, restingPhases, shortPhase } from "../model/phase";
import type { JsonObject } from "../value/json";
import { spoken } from "../value/path";
import { find } from "./find";

/**
 * Returns in words that the object which encloses another one does not run, such as an environment around a service;
 * undefined where it does, or where nothing encloses the object. While it rests, so does what is in it.
 */
export async function enclosingAtRest(
  definition: Definition,
  operation: Operation,
  remote: JsonObject,
): Promise<string | undefined> {
  const enclosing = enclosingOf(definition, remote);
  if (!enclosing) return undefined;
  const { id, definition: outer } = enclosing;
  const name = `${spoken(outer().kind).trim()} ${id}`;
  const found = await find(outer(), operation, id);
  if (!found) return `${name} is gone`;
  const phase = phaseOf(outer(), found);
  if (phase === undefined || meaningOf(outer(), phase, restingPhases(outer())[0]) !== "elsewhere") return undefined;
  operation.memory.started.delete(id);
  const reason = [failureOf(outer(), found), reasonsOf(outer(), found)].filter(Boolean).join("; ");
  return `${name} is ${shortPhase(phase).toLowerCase()}${reason && ` (${reason})`}`;
}
