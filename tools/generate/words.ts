import { type Definition, timeoutsOf as secondsOf } from "../../provider/model/definition";
import { factsOf, isFixed, type Unit } from "../../provider/model/shape";
import { isConfirmedByList } from "../../provider/reading/confirm-unlisted";
import { startsWith, steps } from "../../provider/value/path";

/** Returns a name of a kind or of a list in plain words: `TaskExecution` is a task execution. */
export const wordsOf = (name: string): string => name.replaceAll(/(?<=.)[A-Z]/g, " $&").toLowerCase();

/** Returns words with their article. */
export const oneOf = (words: string): string => `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;

/** Returns the timeouts of a kind as Pulumi writes them. */
export function timeoutsOf(definition: Definition): { create: string; update: string; delete: string } {
  const words = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);
  const seconds = secondsOf(definition);
  return { create: words(seconds.create), update: words(seconds.update), delete: words(seconds.delete) };
}

/** Says that the loss of a role may look like a deletion, where nothing confirms that an object is gone. */
export const absenceOf = (definition: Definition): string =>
  isConfirmedByList(definition) || definition.creatorOnly
    ? ""
    : "The API answers alike for what is gone and for what the token may no longer see: the loss of a role looks like a deletion, after which the next `pulumi up` would make it again.";

/** Says which inputs replace an object when they change. */
export function replacementOf(definition: Definition): string {
  const units = factsOf(definition).units.filter(({ once, passive }) => !once && !passive);
  const fixed = shortest(units, (unit) => isFixed(definition, unit));
  const free = shortest(units, (unit) => !isFixed(definition, unit));
  if (fixed.length === 0) return "";
  const { desired, targets = {} } = definition.phase ?? {};
  const isAwaitedOnly = Object.values(targets).every((how) => how === "by itself");
  if (free.every((name) => name === desired && isAwaitedOnly)) return "Every change replaces it.";
  if (free.length < fixed.length && free.length <= 2)
    return `Only ${listed(free, "and")} ${free.length === 1 ? "changes" : "change"} in place; everything else replaces it.`;
  if (fixed.length <= 4) return `Another ${listed(fixed, "or")} replaces it.`;
  return `What no update takes replaces it, such as ${listed(fixed.slice(0, 3), "and")}; the comments of the fields say so.`;
}

/** The shortest paths below which all units are like this. */
function shortest(units: readonly Unit[], isLike: (unit: Unit) => boolean): string[] {
  const whole = (path: readonly string[]): boolean =>
    units.filter((unit) => startsWith(unit.path, path)).every((unit) => isLike(unit));
  const paths = units.filter(isLike).map(({ path }) => {
    const length = path.findIndex((_, i) => whole(path.slice(0, i + 1)));
    return path.slice(0, length + 1).join(".");
  });
  return [...new Set(paths)].sort((a, b) => a.split(".").length - b.split(".").length);
}

/** Returns names as words list them: `a`, `b` or `c`. */
export function listed(names: readonly string[], word: string): string {
  const quoted = names.map((name) => `\`${name}\``);
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(` ${word} `);
}

/** Returns the outputs of a kind that show a required input, or the organization, which every object has. */
export function shownOutputs(definition: Definition): string[] {
  const required = [...(definition.required ?? []), "organizationId"].map(steps);
  const shown = factsOf(definition).units.filter(
    ({ path, remote }) => remote && required.some((place) => startsWith(place, path)),
  );
  return [...new Set(shown.map(({ remote }) => remote![0]!))];
}
