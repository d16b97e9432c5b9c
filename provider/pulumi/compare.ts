import { missing } from "../check/check";
import { type Difference, diff } from "../mapping/diff";
import type { Definition } from "../model/definition";
import type { RunMemory } from "../model/run-memory";
import { show } from "../value/path";
import { warnOn } from "./engine";
import type { Properties, Stateful } from "./stored-properties";

/**
 * Compares what is stored with new inputs, and warns if a replacement would destroy something for good. Refuses a
 * replacement that would lose an input which nobody can read again.
 */
export async function compare(
  memory: RunMemory,
  definition: Definition,
  id: string,
  { state, isImported }: Stateful,
  news: Properties,
): Promise<Difference> {
  const difference = diff(memory, definition, state, news.visible, id);
  // A refresh compares the other way round, with what was stored in the place of what a program states.
  if (difference.replaces.length === 0 || news.isImported) return difference;
  const warnings = [difference.loss, isImported ? mismatch(definition, id, difference) : undefined];
  await warnOn(
    news.urn,
    warnings.flatMap((warning) => warning ?? []),
  );
  const lost = missing(definition, news.visible).map(({ path }) => show(path));
  if (lost.length > 0) throw new Error(irreplaceable(definition, id, lost.join(", ")));
  return difference;
}

/** Warns that an imported object differs from the program in what cannot change in place. */
function mismatch({ kind }: Definition, id: string, { changes, replaces }: Difference): string {
  const places = changes.filter((change) => change.replaces).map(({ path }) => show(path));
  const what = (places.length > 0 ? places : replaces).join(", ");
  return (
    `${kind} ${id} was imported, and differs from the program in inputs that cannot change in place: ${what}. ` +
    "A replacement deletes it. To keep it, set these inputs to what it has. With the option import, Pulumi refuses the " +
    "replacement but has the object in its state by then: before you remove the resource from the program, run " +
    "`pulumi state delete`, or Pulumi deletes the object."
  );
}

const irreplaceable = ({ kind }: Definition, id: string, what: string): string =>
  `could not replace ${kind} ${id}: the API never returns ${what}, and no program has set it since the import, so ` +
  `a replacement would lose it. Set ${what}.`;
