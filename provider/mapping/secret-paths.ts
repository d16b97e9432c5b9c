import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { Definition } from "../model/definition";
import { field, messageOf } from "../model/descriptor";
import { factsOf, type Unit } from "../model/shape";
import { at, isObject, type Json, type JsonObject, type Path, type Step } from "../value/json";
import { startsWith, steps } from "../value/path";
import { perOwner } from "../value/per-owner";

/** Where one object has secret values, in its inputs and in its outputs. */
export interface SecretPlaces {
  readonly inputs: readonly Path[];
  readonly outputs: readonly Path[];
}

/**
 * Returns where the values of secret inputs stand, so that none reaches the state in clear text. Places go by path, never
 * by value. From the first list on, the whole list is secret, because the server and the canonical order may give its
 * entries other indexes.
 */
export const secretPlaces = (definition: Definition, paths: readonly Path[]): SecretPlaces =>
  paths.length === 0 ? alwaysSecret(definition) : placesWith(definition, paths);

const alwaysSecret = perOwner((definition: Definition) => placesWith(definition, []));

function placesWith(definition: Definition, paths: readonly Path[]): SecretPlaces {
  const read = paths.map((path) => whereRead(definition, path)).filter((path) => !paths.includes(path));
  const inputs = [...paths, ...read, ...(definition.sensitive ?? []).map(steps)].map(upToList);
  const outputs = factsOf(definition).units.flatMap((unit) =>
    inputs.flatMap((path) => outputsOf(definition, unit, path)),
  );
  const told = Object.keys(definition.once ?? {}).map((name) => [name]);
  return { inputs, outputs: [...outputs, ...told] };
}

/** Returns the secret values themselves, so that texts can leave them out. */
export const plainSecrets = (inputs: JsonObject, places: SecretPlaces): string[] =>
  places.inputs.flatMap((path) => leaves(at(inputs, path)));

/** Returns the secrets among outputs that were told once. */
export const toldSecrets = ({ once = {} }: Definition, outputs: JsonObject): string[] =>
  Object.keys(once).flatMap((name) => leaves(outputs[name]));

/** Returns a copy of a value in which the parts at these paths are wrapped. */
export function wrapAt(value: JsonObject, paths: readonly Path[], wrap: (part: Json) => Json): JsonObject {
  const outermost = paths.filter(
    (path) => !paths.some((other) => other.length < path.length && startsWith(path, other)),
  );
  const unique = [...new Map(outermost.map((path) => [JSON.stringify(path), path])).values()];
  return unique.reduce<JsonObject>((wrapped, path) => wrapOne(wrapped, path, wrap) as JsonObject, value);
}

function wrapOne(value: Json, [step, ...rest]: Path, wrap: (part: Json) => Json): Json {
  if (step === undefined) return wrap(value);
  const part = at(value, [step]);
  if (part === undefined || !isObject(value)) return value;
  return { ...value, [step]: wrapOne(part, rest, wrap) };
}

function outputsOf(definition: Definition, unit: Unit, path: Path): Path[] {
  const stated = Object.entries<readonly string[] | undefined>(definition.repeatedIn ?? {}).flatMap(
    ([input, echoes = []]) => (startsWith(unit.path, steps(input)) ? echoes.map((echo) => upToList(steps(echo))) : []),
  );
  const echoes = [...stated, ...reported(definition, unit)];
  if (startsWith(unit.path, path)) return unit.remote ? [unit.remote, ...echoes] : echoes;
  if (!startsWith(path, unit.path)) return [];
  return unit.remote ? [[...unit.remote, ...path.slice(unit.path.length)], ...echoes] : echoes;
}

/** What the API reports of a part of `spec` has the same name under `status`. */
function reported(definition: Definition, { path: [first, ...rest] }: Unit): Path[] {
  if (first !== "spec") return [];
  const place = ["status", ...rest];
  let message: DescMessage | undefined = factsOf(definition).resource;
  for (const step of place) {
    const f: DescField | undefined = message && field(message, step);
    if (!f) return [];
    message = messageOf(f);
  }
  return [place];
}

/** Returns where an input is put that a text or a file says: what such a text says is as secret as the text. */
export function whereRead({ sources }: Definition, path: Path): Path {
  const [input] = Object.entries(sources ?? {}).find(([, forms = {}]) => Object.hasOwn(forms, path[0] ?? "")) ?? [];
  return input === undefined ? path : steps(input);
}

/** Returns the place of the outermost list that a path goes into; the path where there is none. */
export function upToList(path: Path): Path {
  const list = path.findIndex((step: Step) => typeof step === "number" || step === "[]");
  return list < 0 ? path : path.slice(0, list);
}

function leaves(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  return typeof value === "string" ? [value] : [];
}
