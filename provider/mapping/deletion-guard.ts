import type { Definition } from "../model/definition";
import type { RunMemory } from "../model/run-memory";
import { at, type Json, type JsonObject } from "../value/json";
import { steps } from "../value/path";

/**
 * Protects unsaved work, such as that in an environment: returns in words what a deletion would destroy for good, and
 * undefined if it would destroy nothing, or if the program has agreed. `lifecycle/remove-object.ts` refuses a deletion
 * for it; `mapping/diff.ts` tells it of a replacement, about which `pulumi/compare.ts` warns in the preview.
 */
export function lossOf(
  memory: RunMemory,
  definition: Definition,
  id: string,
  inputs: JsonObject,
  remote: JsonObject,
): string | undefined {
  const { guard, kind } = definition;
  if (!guard || !isGuarded(memory, definition, id, inputs)) return undefined;
  const found = Object.entries(guard.counts).map(([path, name]) => ({ name, value: at(remote, steps(path)) }));
  const losses = found.flatMap(({ name = "", value }) => lossIn(name, value));
  if (losses.length === 0) return undefined;
  const saved = found.some(({ value }) => typeof value === "number") ? "Save them, or set" : "Set";
  return `${kind} ${id} has ${losses.join(" and ")}, which its deletion would destroy. ${saved} ${guard.unless}: true and run pulumi up before you delete or replace it.`;
}

/** A number counts as it is, a list by its entries but the one that is always there, and a flag for its name alone. */
function lossIn(name: string, value: Json | undefined): string[] {
  if (value === true) return [name];
  const count = Array.isArray(value) ? value.length - 1 : value;
  return typeof count === "number" && count > 0 ? [`${count} ${name}`] : [];
}

/** Whether only the deletion itself can tell what it would destroy, since no state has the counts. */
export const isToldByDeletion = ({ guard, volatile = [] }: Definition): boolean =>
  guard !== undefined && Object.keys(guard.counts).some((path) => volatile.includes(path));

/** Whether a deletion may destroy something for good without the program's agreement. */
export const isGuarded = ({ agreed }: RunMemory, { guard }: Definition, id: string, inputs: JsonObject): boolean =>
  guard !== undefined && !agreed.has(id) && at(inputs, steps(guard.unless)) !== true;
