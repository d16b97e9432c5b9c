import { type Kind, kinds } from "./kind";
import type { Resource, Values } from "./resource";

/** What `pulumi import --file` takes. */
export interface ImportFile {
  resources: { type: string; name: string; id: string }[];
}

/** What can be imported of a state, and what not. */
export interface Conversion {
  file: ImportFile;
  /** A line with the reason for each resource that cannot be imported. */
  left: string[];
  /** What no read gives back of those that can, by their kinds. */
  untold: Record<string, readonly string[]>;
}

/** Returns the import file for the resources of a state. */
export function convert(resources: readonly Resource[]): Conversion {
  const conversion: Conversion = { file: { resources: [] }, left: [], untold: {} };
  const names = new Set<string>();
  const sources = new Map<string, string>();
  for (const found of resources.flatMap(objectsOf)) {
    const source = sources.get(`${found.kind} ${found.id}`);
    if (found.id === undefined) conversion.left.push(`${found.address}: ${found.why}`);
    else if (source !== undefined)
      conversion.left.push(`${found.address}: here it is one ${found.kind} with ${source}, which is imported`);
    else {
      sources.set(`${found.kind} ${found.id}`, found.address);
      const name = unique(names, found.name, found.kind);
      conversion.file.resources.push({ type: `gitpod:index:${found.kind}`, name, id: found.id });
      if (found.untold.length > 0) conversion.untold[found.kind] = found.untold;
    }
  }
  return conversion;
}

/** An object that a resource of the state stands for, or why nothing of it can be imported. */
type Found = Pick<Resource, "address" | "name"> &
  ({ kind: string; id: string; untold: Kind["untold"] } | { kind?: undefined; id?: undefined; why: string });

function objectsOf({ type, values, unfit, ...called }: Resource): Found[] {
  const among = kinds[type];
  if (!among) return [{ ...called, why: `there is no kind for ${type}, so it stays where it is` }];
  if (unfit !== undefined) return [{ ...called, why: unfit }];
  const there = among.filter(({ isOn }) => !isOn || isOn(values));
  if (there.length === 0) return [{ ...called, why: "it is switched off, and what is off has no resource here" }];
  return there.map((kind) => ({ ...called, ...objectOf(kind, values) }));
}

function objectOf(kind: Kind, values: Values) {
  const id = kind.id(values);
  if (id !== undefined) return { kind: kind.name, id, untold: kind.untold };
  return { why: "its id does not follow from the state: refresh the state first, or import it by hand" };
}

/** Names are unique in an import file, and in the state only within a type. */
function unique(names: Set<string>, name: string, kind: string): string {
  const suffix = kind.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
  let free = name;
  for (let count = 1; names.has(free); count++) free = `${name}-${suffix}${count === 1 ? "" : `-${count}`}`;
  names.add(free);
  return free;
}
