import { resourceName } from "../value/urn";
import { type InModule, kindName } from "./module";
import type { RunMemory } from "./run-memory";

/**
 * Takes note of a deletion that may take rights away, from when it is asked for, since the server may refuse others before
 * its answer arrives.
 */
export async function revoking<T>(
  { memory: { revoked }, urn }: { readonly memory: RunMemory; readonly urn?: string | undefined },
  definition: InModule & { readonly grantsRights?: boolean },
  id: string,
  deletion: Promise<T | undefined>,
): Promise<T | undefined> {
  if (!definition.grantsRights) return deletion;
  const what = `${kindName(definition)} ${urn === undefined ? id : resourceName(urn)}`;
  revoked.add(what);
  let answer: T | undefined;
  try {
    answer = await deletion;
  } finally {
    if (answer === undefined) revoked.delete(what);
  }
  return answer;
}

/** Says why the token may have lost the right to a call in this run, and how to go on; undefined where nothing shows that. */
export function lostRight({ revoked }: RunMemory): string | undefined {
  const [first, second, third, ...others] = revoked;
  if (first === undefined) return undefined;
  const named = [first, second, third].filter((what) => what !== undefined).join(", ");
  const all = others.length > 0 ? `${named} and ${others.length} more` : named;
  return `This run has deleted ${all}, and the right may have come from there: give it back, or use another token, and run it again. Pulumi deletes last what the resources that need the right name in dependsOn, unless it sets deleteBeforeReplace.`;
}
