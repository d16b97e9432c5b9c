import { writeRequests } from "../mapping/create-request";
import { inOrder } from "../mapping/list-order";
import { addressForm, addressOf, partsOf } from "../model/address";
import type { Definition } from "../model/definition";
import { zero } from "../model/descriptor";
import { restingPhases, shortPhase } from "../model/phase";
import { factsOf } from "../model/shape";
import {
  at,
  equal,
  isObject,
  isUnknown,
  type Json,
  type JsonObject,
  type Path,
  type Step,
  withoutAt,
} from "../value/json";
import { show, steps } from "../value/path";
import { canonicalObject, type Failure, type Walk } from "./canonical";
import { unmergeable } from "./keyed-lists";
import { strayReferences } from "./references";
import { hint } from "./suggestion";
import { violationsOf } from "./violations";
import { sourced } from "./yaml-input";

/** Inputs that were looked through. */
export interface Checked {
  /** In their canonical spelling. */
  readonly inputs: JsonObject;
  /** Everything that is wrong with them. */
  readonly failures: Failure[];
  /** What is accepted, and should be put right nevertheless; missing where that is nothing. */
  readonly warnings?: Failure[];
}

/**
 * Looks through inputs. Those of an object that exists already may lack what it was imported without. Does no I/O but for
 * files that inputs name.
 */
export function check(definition: Definition, given: JsonObject, olds: JsonObject = {}): Checked {
  const facts = factsOf(definition);
  const { inputs, failures: unread, texts, located } = sourced(definition, given);
  const warnings: Failure[] = [];
  const verbatim = (definition.sensitive ?? []).map(steps);
  const walk: Walk = { notInputs: facts.notInputs, failures: [], warnings, texts, verbatim };
  const spelled = canonicalObject(inputs, facts.inputs, [], walk);
  const unsaid = untold(definition, spelled, olds);
  const canonical = unsaid.reduce<JsonObject>(withoutAt, spelled);
  const ordered = inOrder(definition, canonical);
  // What is stored was accepted when it was written, and is not sent again: the rules are the dearest part of a check.
  const isStored = Object.keys(olds).length > 0 && equal(ordered, olds);
  const failures = [
    ...unreachable(definition, inputs, canonical),
    ...ending(definition, canonical),
    ...walk.failures,
    ...missing(definition, canonical),
    ...emptied(definition, canonical),
    ...(isStored ? [] : violations(definition, canonical)),
    ...misshapen(definition, canonical),
    ...unmergeable(definition, canonical),
    ...strayReferences(definition, canonical),
  ];
  if (failures.length === 0 && definition.address) failures.push(...unadoptable(definition, canonical));
  return {
    inputs: ordered,
    failures: [
      ...unread,
      ...firstOfEachPath(failures)
        .filter(({ path }) => !unsaid.some((place) => equal([...path], place)))
        .map(located)
        .map(bare),
    ],
    ...(warnings.length > 0 && { warnings: warnings.map(located) }),
  };
}

/**
 * Required inputs that no import can find out. They may stay missing until they are stated; generated programs have
 * an empty value there.
 */
function untold(definition: Definition, inputs: JsonObject, olds: JsonObject): string[][] {
  if (Object.keys(olds).length === 0) return [];
  return factsOf(definition)
    .units.filter(({ name, remote }) => !remote || factsOf(definition).writeOnly.has(name))
    .filter(({ name }) => definition.required?.includes(name))
    .filter(({ path, field }) => at(olds, path) === undefined && [undefined, zero(field)].includes(at(inputs, path)))
    .map(({ path }) => [...path]);
}

/** A phase that nobody can ask for, although it is one. */
function unreachable(definition: Definition, inputs: JsonObject, canonical: JsonObject): Failure[] {
  if (!definition.phase?.desired) return [];
  const path = steps(definition.phase.desired);
  const given = at(inputs, path);
  if (given === undefined || given === null || isUnknown(given)) return [];
  const phases = restingPhases(definition);
  if (phases.includes(String(at(canonical, path)))) return [];
  const meant = typeof given === "string" ? hint(shortPhase(given), phases.map(shortPhase)) : "";
  return [{ path, reason: `must be one of ${phases.join(", ")}${meant}` }];
}

/** Phases that mean a deletion, where they could be stated. */
const ending = (definition: Definition, inputs: JsonObject): Failure[] =>
  factsOf(definition)
    .units.filter(({ path, field }) => field.enum && definition.phase?.gone?.includes(String(at(inputs, path))))
    .map(({ path }) => ({
      path,
      reason: "cannot be stated, since it deletes the object: remove the resource instead",
    }));

/** Required inputs that are not there; what is not known yet does not count as missing. */
export const missing = (definition: Definition, inputs: JsonObject): Failure[] =>
  (definition.required ?? []).flatMap((path) => {
    const why = definition.because?.[path];
    const reason = why === undefined ? "is required" : `is required: ${why}`;
    return missingBelow(inputs, steps(path), []).map((missed) => ({ path: missed, reason }));
  });

function missingBelow(value: Json, [step, ...rest]: readonly string[], path: Path): Path[] {
  if (step === undefined || isUnknown(value)) return [];
  if (step === "[]") return entriesOf(value).flatMap(([key, entry]) => missingBelow(entry, rest, [...path, key]));
  const part = isObject(value) ? value[step] : undefined;
  if (part !== undefined) return missingBelow(part, rest, [...path, step]);
  return rest.includes("[]") ? [] : [[...path, step, ...rest]];
}

const entriesOf = (value: Json): [Step, Json][] =>
  Array.isArray(value) ? value.map((entry, i) => [i, entry]) : isObject(value) ? Object.entries(value) : [];

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is stated to be taken over where the kind has an address: what the other inputs lead to, if anything. */
function unadoptable(definition: Definition, inputs: JsonObject): Failure[] {
  const { adopt } = inputs;
  if (typeof adopt !== "string" || adopt === "" || isUnknown(adopt)) return [];
  const parts = partsOf(definition, adopt);
  const strange = (definition.address ?? []).some((part) => {
    const [said, stated] = [parts, inputs].map((all) => at(all, steps(part)));
    if (said === "current" || isUnknown(stated ?? null)) return false;
    // A missing organization is the token's, which is asked later.
    return part === "organizationId" && stated === undefined ? !isId.test(String(said)) : said !== stated;
  });
  const wanted = addressOf(definition, inputs);
  return parts && !strange ? [] : [{ path: ["adopt"], reason: `must be ${wanted ?? addressForm(definition)}` }];
}

/** What is stated to be taken over where an id is no UUID. */
const misshapen = ({ idForm }: Definition, { adopt }: JsonObject): Failure[] =>
  !idForm || typeof adopt !== "string" || adopt === "" || isUnknown(adopt) || idForm.pattern.test(adopt)
    ? []
    : [{ path: ["adopt"], reason: `must be ${idForm.words}` }];

/** Empty values of what the API does not empty, and no replacement may empty. */
const emptied = (definition: Definition, inputs: JsonObject): Failure[] =>
  factsOf(definition)
    .units.filter(({ path, field, isNeverEmpty }) => isNeverEmpty && equal(at(inputs, path), zero(field)))
    .map(({ path }) => ({
      path,
      reason: definition.create
        ? "cannot be empty, since the API does not empty it and a replacement would do harm: state a value, or leave it out and replace the resource with --replace"
        : "cannot be empty, since the API takes an empty one for none at all and nothing can be replaced: state a value, or leave it out",
    }));

/** What the rules of the proto say about every request that these inputs lead to. */
const violations = (definition: Definition, inputs: JsonObject): Failure[] =>
  writeRequests(definition, definition.address || definition.idForm ? withoutAt(inputs, ["adopt"]) : inputs).flatMap(
    ({ message, request, inputOf }) =>
      violationsOf(message, request).map(({ path: [first, ...rest], ...failure }) => ({
        ...failure,
        path: first === undefined ? [] : [inputOf(String(first)), ...rest],
      })),
  );

const bare = ({ path, reason }: Failure): Failure => ({ path, reason });

function firstOfEachPath(failures: readonly Failure[]): Failure[] {
  const first = new Map<string, Failure>();
  for (const failure of failures) if (!first.has(show(failure.path))) first.set(show(failure.path), failure);
  return [...first.values()];
}
