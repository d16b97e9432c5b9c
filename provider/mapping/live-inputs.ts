import type { DescField } from "@bufbuild/protobuf";
import type { Definition } from "../model/definition";
import { isImplicit, isLeaf, zero } from "../model/descriptor";
import { askedPhase, isPassing, meaningOf, phaseOf, restingPhases } from "../model/phase";
import { type Facts, factsOf, type Unit } from "../model/shape";
import { at, equal, isObject, type Json, type JsonObject, put } from "../value/json";
import { plainText } from "../value/text-file";
import { inOrder } from "./list-order";
import { unmarked } from "./origin";

/**
 * Returns the inputs that an object shows: what the server has at every path that is managed, and at every path there
 * is when none is (import). Only what the server never gives back is taken from the managed inputs, and the phase of
 * what lives in an object at rest.
 */
export function inputsOf(
  definition: Definition,
  found: JsonObject,
  managed: JsonObject | undefined,
  enclosingRests = false,
): JsonObject {
  const facts = factsOf(definition);
  const remote = unmarked(definition, found);
  const inputs: JsonObject = {};
  for (const unit of facts.units) {
    const stated = managed && at(managed, unit.path);
    if (managed ? stated === undefined : facts.filledIn.has(unit.name)) continue;
    const isResting = enclosingRests && unit.name === definition.phase?.desired;
    const value = isResting ? stated : observed(definition, facts, unit, remote, stated);
    if (value !== undefined) put(inputs, unit.path, value);
  }
  return inOrder(definition, inputs);
}

function observed(
  definition: Definition,
  facts: Facts,
  unit: Unit,
  remote: JsonObject,
  stated: Json | undefined,
): Json | undefined {
  if (unit.name === definition.phase?.desired)
    return stated === undefined ? undefined : phaseInput(definition, remote, stated);
  if (!unit.remote || facts.writeOnly.has(unit.name)) return stated;
  const there = at(remote, unit.remote);
  const merge = definition.mergeBy?.[unit.name];
  if (merge) return mergedEntries(facts, unit, merge, there, stated);
  if (unit.field.fieldKind === "map" && !unit.update && isObject(there) && isObject(stated)) return pick(there, stated);
  return like(facts, unit.shown ?? unit.field, there, stated, unit.name);
}

/**
 * The phase that an object rests in; on its way it still counts as where it shall go. One that is up and was asked to
 * leave counts as there already; one at rest may be there because it failed, whatever it was asked.
 */
export function phaseInput(definition: Definition, remote: JsonObject, stated: Json): Json {
  const isLeaving = isPassing(definition, restingPhases(definition)[0], remote);
  const phase = isLeaving ? askedPhase(definition, remote) : phaseOf(definition, remote);
  const meaning = meaningOf(definition, phase, String(stated));
  return phase !== undefined && (meaning === "elsewhere" || meaning === "failed") ? phase : stated;
}

/** Entries whose key is stated; those that the platform adds by itself are never anybody's input. */
function mergedEntries(
  facts: Facts,
  unit: Unit,
  merge: NonNullable<NonNullable<Definition["mergeBy"]>[string]>,
  there: Json | undefined,
  stated: Json | undefined,
): Json | undefined {
  const entries = Array.isArray(there) ? there.filter(isObject) : [];
  const path = `${unit.name}[]`;
  if (!Array.isArray(stated)) {
    const users = entries.filter((entry) => !merge.platformKeys?.some((key) => equal(key, entry[merge.key])));
    return users.length === 0
      ? undefined
      : users.map((entry) => likeMessage(facts, unit.field, entry, undefined, path));
  }
  return stated.filter(isObject).flatMap((wanted) => {
    const entry = entries.find((other) => equal(other[merge.key], wanted[merge.key]));
    return entry ? [likeMessage(facts, unit.field, entry, wanted, path)] : [];
  });
}

/** The value that the server has, reduced to what is stated of it, since the server adds values of its own. */
export function like(
  facts: Facts,
  f: DescField,
  there: Json | undefined,
  stated: Json | undefined,
  path: string,
): Json | undefined {
  if (there === undefined) {
    if (stated === undefined) return undefined;
    if (isObject(stated) && isOptionalMessage(f)) return likeMessage(facts, f, {}, stated, path);
    // A server may leave out a text that it was told to be empty.
    if (stated === "") return stated;
    return hasZero(f) ? zero(f) : undefined;
  }
  if (!f.message || isLeaf(f.message)) return plainTexts(there);
  if (f.fieldKind === "message") return isObject(there) ? likeMessage(facts, f, there, stated, path) : there;
  if (f.fieldKind === "map" && isObject(there)) {
    const of = (key: string): Json | undefined => at(stated, [key]);
    const entries = Object.entries(there);
    return Object.fromEntries(
      entries.map(([key, entry]) => [key, isObject(entry) ? likeMessage(facts, f, entry, of(key), path) : entry]),
    );
  }
  if (f.fieldKind !== "list" || !Array.isArray(there)) return there;
  const wanted = Array.isArray(stated) ? stated : [];
  return there.map((entry, i) => (isObject(entry) ? likeMessage(facts, f, entry, wanted[i], `${path}[]`) : entry));
}

/** Whether JSON leaves a field out when it has its zero. */
const hasZero = (f: DescField): boolean =>
  f.oneof === undefined && (f.fieldKind === "list" || f.fieldKind === "map" || isImplicit(f));

/** Whether a missing message says the same as an empty one; one without fields says all it can by being there. */
const isOptionalMessage = (f: DescField): boolean =>
  f.fieldKind === "message" && f.oneof === undefined && !isLeaf(f.message) && f.message.fields.length > 0;

function likeMessage(
  facts: Facts,
  f: DescField,
  there: JsonObject,
  stated: Json | undefined,
  path: string,
): JsonObject {
  const shown: JsonObject = {};
  for (const inner of f.message!.fields) {
    const name = `${path}.${inner.jsonName}`;
    const wanted = isObject(stated) ? stated[inner.jsonName] : undefined;
    const isLeftOut = isObject(stated) ? wanted === undefined : facts.filledIn.has(name);
    if (inner.deprecated || facts.notInputs.has(name) || isLeftOut) continue;
    const value = facts.writeOnly.has(name) ? wanted : like(facts, inner, there[inner.jsonName], wanted, name);
    if (value !== undefined) shown[inner.jsonName] = value;
  }
  return shown;
}

/** A value as check spells it, so that a text that somebody has typed on Windows is no difference. */
function plainTexts(value: Json): Json {
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return value.map(plainTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainTexts(entry)]));
}

const pick = (there: JsonObject, stated: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(there).filter(([key]) => Object.hasOwn(stated, key)));
