import type { Definition } from "../model/definition";
import { at, isObject, isUnknown, type JsonObject, type Path } from "../value/json";
import { spoken, steps } from "../value/path";
import type { Failure } from "./canonical";
import { suggestion } from "./suggestion";

/** Returns references that lead to nothing in the inputs, or back to where they stand. */
export const strayReferences = (definition: Definition, inputs: JsonObject): Failure[] =>
  Object.entries(definition.references ?? {}).flatMap(([list, maps = []]) => {
    const [holder = "", field = ""] = list.split("[].");
    const targets = maps.map((map) => ({ map, names: at(inputs, steps(map)) }));
    const references = referencesIn(inputs, steps(holder), steps(field)).map((reference) => {
      const target = targets.find(({ names }) => isUnknown(names) || at(names, [reference.to]) !== undefined);
      return { ...reference, map: target?.map };
    });
    const known = targets.flatMap(({ names }) => Object.keys(names ?? {}));
    const what = maps.map(spoken).join(" and ");
    return [
      ...references
        .filter(({ map }) => map === undefined)
        .map(({ to, path }) => ({
          path,
          reason: `${JSON.stringify(to)} names none of the stated ${what}${suggestion(to, known)}`,
        })),
      ...circles(references.filter(({ map }) => map === holder)),
    ];
  });

/** A reference of an entry to another one. */
interface Reference {
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

function referencesIn(inputs: JsonObject, holder: Path, field: Path): Reference[] {
  const entries = at(inputs, holder);
  if (!isObject(entries)) return [];
  return Object.entries(entries).flatMap(([from, entry]) => {
    const list = at(entry, field);
    if (!Array.isArray(list)) return [];
    return list.flatMap((to, i) =>
      typeof to === "string" && !isUnknown(to) ? [{ from, to, path: [...holder, from, ...field, i] }] : [],
    );
  });
}

/** One failure for each reference that closes a circle. */
function circles(references: readonly Reference[]): Failure[] {
  const found: Failure[] = [];
  const done = new Set<string>();
  const walk = (name: string, above: readonly string[]): void => {
    if (done.has(name)) return;
    const way = [...above, name];
    for (const { to, path } of references.filter(({ from }) => from === name)) {
      const begin = way.indexOf(to);
      if (begin < 0) walk(to, way);
      else if (to === name) found.push({ path, reason: `${JSON.stringify(to)} cannot depend on itself` });
      else found.push({ path, reason: `depends on itself: ${[...way.slice(begin), to].join(" → ")}` });
    }
    done.add(name);
  };
  for (const { from } of references) walk(from, []);
  return found;
}
