import type { Definition } from "../../provider/model/definition";
import { field, messageOf } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { at, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { pattern, steps } from "../../provider/value/path";
import type { Adoptable } from "../inventory";
import type { Entry, Expression, Untold } from "./expression";
import { endOf, kindWords } from "./name";
import { variableOf } from "./variable";

/** A place of an object that no API gives back, and the setting for it. */
export interface Gap {
  readonly path: Path;
  readonly value: Untold;
}

/** Returns what no API gives back of an object, be it said or only missing; a setting has a name that none of the given ones has. */
export function gapsOf(
  { definition, id, untold }: Adoptable,
  inputs: JsonObject,
  name: string,
  used: Set<string>,
): Gap[] {
  const missing = (definition.required ?? []).filter((path) => at(inputs, steps(path)) === undefined);
  const paths = [...new Set([...missing, ...untold])].flatMap((path) => placesOf(inputs, steps(path)));
  return paths.map((path) => {
    const words = path.map((step) => (typeof step === "number" ? `${step + 1}` : kebab(step)));
    const owner = /^[a-z][a-z0-9-]*$/.test(name) ? name : `${kindWords(definition)}-${endOf(id)}`;
    const short = words.findLast((word) => !/^\d/.test(word)) ?? "value";
    const candidates = [short, words.join("-"), `${words.join("-")}-${endOf(id)}`].map((end) =>
      variableOf(`${owner}-${end}`),
    );
    const setting = candidates.find((each) => !used.has(each)) ?? `${candidates.at(-1)}${used.size}`;
    used.add(setting);
    const isRequired = definition.required?.some((each) => each === pattern(path)) ?? false;
    return {
      path,
      value: { is: "untold", setting, isRequired, holds: holdsText(definition, path) ? "text" : "structure" },
    };
  });
}

/** Returns the entries of an object with what no API gives back in its places. */
export const withGaps = (entries: readonly Entry[], gaps: readonly Gap[]): Entry[] =>
  gaps.reduce<Entry[]>((all, { path, value }) => putIn(all, path, value), [...entries]);

function placesOf(value: Json | undefined, [step, ...rest]: readonly string[]): Path[] {
  if (step === undefined) return [[]];
  if (step !== "[]") return placesOf(at(value, [step]), rest).map((path) => [step, ...path]);
  return Array.isArray(value) ? value.flatMap((entry, i) => placesOf(entry, rest).map((path) => [i, ...path])) : [];
}

function putIn(entries: readonly Entry[], [key, ...rest]: Path, value: Untold): Entry[] {
  const there = entries.find((entry) => entry.key === key);
  const put = { key: String(key), value: putAt(there?.value, rest, value) };
  return there ? entries.map((entry) => (entry === there ? put : entry)) : [...entries, put];
}

function putAt(there: Expression | undefined, path: Path, value: Untold): Expression {
  const [step] = path;
  if (step === undefined) return value;
  if (there?.is === "list")
    return { ...there, items: there.items.map((item, i) => (i === step ? putAt(item, path.slice(1), value) : item)) };
  if (there?.is === "object") return { ...there, entries: putIn(there.entries, path, value) };
  return { is: "object", entries: putIn([], path, value), isAdded: true };
}

function holdsText(definition: Definition, [name, ...rest]: Path): boolean {
  const below = rest.filter((step) => typeof step === "string");
  const found = below.reduce(
    (f, step) => f?.message && field(f.message, step),
    factsOf(definition).inputs.get(String(name)),
  );
  return (
    found === undefined ||
    ["scalar", "enum"].includes(found.fieldKind) ||
    (found.fieldKind === "message" && messageOf(found)!.typeName.startsWith("google.protobuf."))
  );
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
