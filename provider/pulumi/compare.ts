import { missing } from "../check/check";
import { type Difference, diff } from "../mapping/diff";
import type { Definition } from "../model/definition";
import type { RunMemory } from "../model/run-memory";
import { show } from "../value/path";
import { warnOn } from "./engine";
import { type Properties, type Stateful, urnIn } from "./hidden";

/**
 * Compares what is stored with new inputs, and warns where a replacement would destroy something for good. Where that
 * cannot be made anew, the replacement is refused.
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
    urnIn(news),
    warnings.flatMap((warning) => warning ?? []),
  );
  const lost = missing(definition, news.visible).map(({ path }) => show(path));
  if (lost.length > 0) throw new Error(irreplaceable(definition, id, lost.join(", ")));
  return difference;
}

/** What becomes of an object that was imported and that cannot become what the program says. */
function mismatch({ kind }: Definition, id: string, { changes, replaces }: Difference): string {
  const places = changes.filter((change) => change.replaces).map(({ path }) => show(path));
  const what = (places.length > 0 ? places : replaces).join(", ");
  return (
    `${kind} ${id} was imported, and differs from the program in what cannot change in place: ${what}. ` +
    "A replacement deletes it; to keep it, state what it has. With the option import Pulumi refuses the replacement, " +
    "but has the object in its state by then: a program without this resource deletes the object, unless " +
    "`pulumi state delete` has let it go before."
  );
}

const irreplaceable = ({ kind }: Definition, id: string, what: string): string =>
  `could not replace ${kind} ${id}: no program has stated ${what} since it was imported, and no call gives it back, ` +
  `so that it would be lost. State ${what}.`;
