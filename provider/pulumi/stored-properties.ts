import { type SecretPlaces, secretPlaces, whereRead, wrapAt } from "../mapping/secret-paths";
import type { Definition } from "../model/definition";
import { keptIn, type Seen, type State } from "../model/state";
import { at, isObject, isUnknown, type Json, type JsonObject, type Path, stable } from "../value/json";
import { received, secretValue, storableObject } from "./value";

/**
 * The properties of a resource as Pulumi hands them over and stores them: inputs or outputs, and beside them hidden ones
 * whose names start with `__`, which Pulumi shows to nobody. What is stored has its secrets wrapped.
 */
export interface Properties {
  /** What people see: inputs or outputs. */
  readonly visible: JsonObject;
  /** What the class passes along: the code of the provider, the URN, timeouts, and paths of secret inputs. */
  readonly passed: JsonObject;
  /** The URN of the resource, where it is known: the request names it, or the class passes it along. */
  readonly urn: string | undefined;
  /** The stored state; missing for inputs, and for an object that is looked up. */
  readonly state: State | undefined;
  /** Whether these are inputs that an import has read, so that no program has stated them. */
  readonly isImported: boolean;
}

/** Properties of an object that has a state. */
export type Stateful = Properties & { readonly state: State };

/** An object as Pulumi stores it. */
export interface Stored {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
}

/** What an import has read, as it is stored in the place of inputs that a program states. */
export const imported = (inputs: JsonObject): JsonObject => ({ ...inputs, __imported: true });

/** Takes properties apart as Pulumi hands them over. */
export const opened = (properties: object): Properties => parted(received(properties) as JsonObject);

/** Takes properties apart. */
export function parted(all: JsonObject): Properties {
  const { __state, __inputs, __seen, __imported, ...others } = all;
  const visible = Object.fromEntries(Object.entries(others).filter(([name]) => !name.startsWith("__")));
  const passed = Object.fromEntries(Object.entries(others).filter(([name]) => name.startsWith("__")));
  const { __urn } = passed;
  return {
    visible,
    passed,
    urn: typeof __urn === "string" ? __urn : undefined,
    state: stateIn(visible, __state === undefined ? { inputs: said(__inputs), seen: said(__seen) } : said(__state)),
    isImported: __imported === true,
  };
}

function stateIn(outputs: JsonObject, kept: { readonly [part: string]: Json | undefined } | Json | undefined) {
  if (!isObject(kept)) return undefined;
  const { inputs, seen } = kept;
  return isObject(inputs) ? { inputs, outputs, seen: (isObject(seen) ? seen : {}) as Seen } : undefined;
}

/** Returns where secrets stand, from the paths that the class passes along. */
export const placesOf = (definition: Definition, passed: JsonObject): SecretPlaces =>
  secretPlaces(definition, pathsIn(passed));

/** Returns the paths of secret inputs that are passed along. */
export const pathsIn = ({ __secrets: paths }: JsonObject): Path[] =>
  Array.isArray(paths) ? paths.filter((path): path is Path & Json[] => Array.isArray(path)) : [];

/** Returns what is passed along with checked inputs, in which texts have given way to what they say. */
export const passedOn = (definition: Definition, passed: JsonObject): JsonObject =>
  Array.isArray(passed.__secrets)
    ? { ...passed, __secrets: pathsIn(passed).map((path) => [...whereRead(definition, path)]) }
    : passed;

/** Returns the inputs to store, with secrets wrapped. */
export const storedInputs = (inputs: JsonObject, places: SecretPlaces, passed: JsonObject): JsonObject =>
  storableObject({ ...wrapAt(inputs, places.inputs, secretValue), ...passed });

/**
 * Returns the outputs to store, with secrets wrapped and the state beside them. The state is text, since Pulumi copies
 * and compares every part of an object several times in each command; a text with a secret in it is one.
 */
export function storedOutputs({ inputs, outputs, seen }: State, places: SecretPlaces, passed: JsonObject): JsonObject {
  const isSecret = (values: JsonObject): boolean => places.inputs.some((path) => at(values, path) !== undefined);
  // The same text whatever the order of the keys.
  const text = stable(storableObject({ inputs, seen }));
  return storableObject({
    ...wrapAt(outputs, places.outputs, secretValue),
    __state: [inputs, ...keptIn(seen)].some(isSecret) ? secretValue(text) : text,
    ...passed,
  });
}

/** Returns what a text of the state says; earlier versions have stored its two parts, and at first the values themselves. */
const said = (stored: Json | undefined): Json | undefined =>
  typeof stored === "string" && !isUnknown(stored) ? (JSON.parse(stored) as Json) : stored;
