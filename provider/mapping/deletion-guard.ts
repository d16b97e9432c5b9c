import type { Definition } from "../model/definition";
import type { RunMemory } from "../model/run-memory";
import { at, type JsonObject } from "../value/json";
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
  const counts = Object.entries(guard.counts)
    .map(([path, name]) => ({ name, count: at(remote, steps(path)) }))
    .filter(({ count }) => typeof count === "number" && count > 0)
    .map(({ name, count }) => `${count} ${name}`);
  if (counts.length === 0) return undefined;
  return `${kind} ${id} has ${counts.join(" and ")}, which its deletion would destroy. Save them, or set ${guard.unless}: true and run pulumi up before you delete or replace it.`;
}

/** Whether a deletion may destroy something for good without the program's agreement. */
export const isGuarded = ({ agreed }: RunMemory, { guard }: Definition, id: string, inputs: JsonObject): boolean =>
  guard !== undefined && !agreed.has(id) && at(inputs, steps(guard.unless)) !== true;
