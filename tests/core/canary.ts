import type { DescField } from "@bufbuild/protobuf";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { isLeaf } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { isObject, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { pattern } from "../../provider/value/path";
import { allInputs } from "./sample";

/** Inputs of one object with a canary at every path that takes any text. */
export interface Cage {
  inputs: JsonObject;
  /** The canaries by the pattern of the path where each sits. */
  canaries: Record<string, string>;
}

/**
 * Returns inputs of a kind that together have a canary at every path that takes any text. What takes no text, such as
 * the id of another object, is left out where it may be.
 */
export function cagesOf(definition: Definition, brood: string): Cage[] {
  const seen = new Set<string>();
  return [[], ...choicesOf(definition)].flatMap((route, i) => {
    const cage = fill(definition, allInputs(definition, route), `canary${brood}${definition.kind}${i}x`);
    const found = Object.keys(cage.canaries).filter((path) => !seen.has(path));
    for (const path of found) seen.add(path);
    return found.length > 0 ? [cage] : [];
  });
}

function fill(definition: Definition, inputs: JsonObject, stem: string): Cage {
  const fits = (value: JsonObject): boolean => check(definition, value).failures.length === 0;
  const isKept = (value: JsonObject, text: string): boolean =>
    fits(value) && textsIn(check(definition, value).inputs, []).some(([, kept]) => kept.includes(text));
  const canaries: Record<string, string> = {};
  let filled = inputs;
  for (const [path] of textsIn(inputs, [])) {
    const canary = `${stem}${Object.keys(canaries).length}z`.toLowerCase();
    // Bytes have one spelling in base64, whose length is a multiple of four.
    const bytes = canary.padEnd(Math.ceil(canary.length / 4) * 4, "z");
    const forms = [canary, bytes, `https://example.com/${canary}`, `/${canary}`];
    const form = forms.find((text) => isKept(changed(filled, path, text) as JsonObject, text));
    if (form !== undefined) {
      filled = changed(filled, path, form) as JsonObject;
      canaries[pattern(path)] = canary;
    } else {
      const parents = path.map((_, i) => path.slice(0, path.length - i));
      filled = parents.map((parent) => changed(filled, parent) as JsonObject).find(fits) ?? filled;
    }
  }
  const present = textsIn(filled, []).map(([, text]) => text);
  const kept = Object.entries(canaries).filter(([, canary]) => present.some((text) => text.includes(canary)));
  return { inputs: filled, canaries: Object.fromEntries(kept) };
}

/** The paths of all members of all choices, as the names that lead there. */
function choicesOf(definition: Definition): string[][] {
  const { inputs, notInputs } = factsOf(definition);
  const choicesIn = (f: DescField, path: string[]): string[][] => {
    if (f.deprecated || notInputs.has(pattern(path)) || path.length > 8) return [];
    const place = f.fieldKind === "list" ? [...path.slice(0, -1), `${path.at(-1)}[]`] : path;
    const inner = f.message && !isLeaf(f.message) ? f.message.fields : [];
    return [...(f.oneof ? [path] : []), ...inner.flatMap((member) => choicesIn(member, [...place, member.jsonName]))];
  };
  return [...inputs].flatMap(([name, f]) => choicesIn(f, [name]));
}

/** Every text of a value with its path. */
export function textsIn(value: Json, path: Path): [Path, string][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((entry, i) => textsIn(entry, [...path, i]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, [...path, name]));
}

/** A copy with another part at a path, or with none. */
export function changed(value: Json | undefined, [step, ...rest]: Path, part?: Json): Json | undefined {
  if (step === undefined) return part;
  if (Array.isArray(value))
    return value.flatMap((entry, i) =>
      i === step ? ([changed(entry, rest, part)].filter(isThere) as Json[]) : [entry],
    );
  if (!isObject(value)) return value;
  const inner = changed(value[step], rest, part);
  const { [step]: _, ...others } = value;
  return inner === undefined ? others : { ...others, [step]: inner };
}

const isThere = (part: Json | undefined): part is Json => part !== undefined;
