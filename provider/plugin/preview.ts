import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { changedUnits } from "../mapping/diff";
import type { Definition } from "../model/definition";
import { isImplicit, isLeaf, isRecursive, messageOf, zero } from "../model/descriptor";
import { volatile } from "../model/phase";
import { factsOf, type Unit } from "../model/shape";
import type { State } from "../model/state";
import { isRenewed } from "../model/told-once";
import {
  at,
  equal,
  hasUnknown,
  isObject,
  isUnknown,
  type Json,
  type JsonObject,
  present,
  unknown,
  withoutAt,
} from "../value/json";
import { startsWith, steps } from "../value/path";

/**
 * Returns the outputs that an object is going to have, as far as they follow from its inputs, or stay as they are when it
 * exists already; everything else is unknown.
 */
export function expectedOutputs(definition: Definition, inputs: JsonObject, state?: State): JsonObject {
  const { resource, units, writeOnly } = factsOf(definition);
  const shown = units.filter((unit) => unit.remote && !isCompletedByServer(definition, unit));
  const { id: _, ...outputs } = expectedBelow(resource, [], { definition, shown, inputs, state });
  const kept = [...writeOnly].map(steps).filter((path) => path.length > 1);
  const shownOutputs = [...volatile(definition).map(steps), ...kept].reduce<JsonObject>(withoutAt, outputs);
  return present({ ...shownOutputs, ...expectedTold(definition, inputs, state) });
}

/** What is told once stays as it is, unless it is made or renewed. */
function expectedTold(
  definition: Definition,
  inputs: JsonObject,
  state: State | undefined,
): { [name: string]: Json | undefined } {
  const isKept = state && !state.seen.untold && !isRenewed(changedUnits(definition, state.inputs, inputs));
  return Object.fromEntries(
    Object.keys(definition.once ?? {}).map((name) => [name, isKept ? state.outputs[name] : unknown]),
  );
}

interface Expectation {
  readonly definition: Definition;
  /** The units that the object gives back as they are sent. */
  readonly shown: readonly Unit[];
  readonly inputs: JsonObject;
  readonly state: State | undefined;
}

/** The server adds entries of its own to merged lists, and gives back no secrets. */
const isCompletedByServer = (definition: Definition, { name }: Unit): boolean =>
  definition.mergeBy?.[name] !== undefined || factsOf(definition).writeOnly.has(name);

function expectedBelow(message: DescMessage, path: readonly string[], expectation: Expectation): JsonObject {
  const outputs: JsonObject = {};
  for (const f of message.fields) {
    const value = f.deprecated ? undefined : expectedAt(f, [...path, f.jsonName], expectation);
    if (value !== undefined) outputs[f.jsonName] = value;
  }
  return outputs;
}

function expectedAt(f: DescField, path: readonly string[], expectation: Expectation): Json | undefined {
  const { shown, inputs, state } = expectation;
  const unit = shown.find(({ remote }) => remote!.length === path.length && startsWith(remote!, path));
  if (unit) {
    const stated = at(inputs, unit.path);
    if (stated !== undefined) return likely(f, stated);
    return state && at(state.inputs, unit.path) === undefined ? at(state.outputs, path) : unknown;
  }
  const inner = messageOf(f);
  if (inner && shown.some(({ remote }) => startsWith(remote!, path))) return expectedBelow(inner, path, expectation);
  return state && !mayChange(expectation.definition, f, path) ? at(state.outputs, path) : unknown;
}

/** What is no input and no status stays as it is when inputs change in place. */
function mayChange({ phase, derived }: Definition, f: DescField, path: readonly string[]): boolean {
  const [status, ...below] = steps(phase?.at ?? "");
  if (derived?.some((output) => startsWith(path, steps(output)))) return true;
  return f.jsonName === "updatedAt" || (below.length > 0 && path[0] === status);
}

/** What the server shows of a value that is sent: it leaves out what is empty, and may complete messages. */
function likely(f: DescField, value: Json): Json | undefined {
  if (isUnknown(value)) return unknown;
  if (f.fieldKind === "list" || f.fieldKind === "map") {
    if (equal(value, zero(f))) return undefined;
    return (f.message && !isLeaf(f.message)) || hasUnknown(value) ? unknown : value;
  }
  if (f.fieldKind !== "message" || isLeaf(f.message)) return isImplicit(f) && equal(value, zero(f)) ? undefined : value;
  if (!isObject(value) || isRecursive(f.message)) return unknown;
  const shown: JsonObject = {};
  for (const inner of f.message.fields) {
    const stated = value[inner.jsonName];
    const isRuledOut = inner.oneof?.fields.some((other) => other !== inner && value[other.jsonName] !== undefined);
    const part = stated === undefined ? (isRuledOut || inner.deprecated ? undefined : unknown) : likely(inner, stated);
    if (part !== undefined) shown[inner.jsonName] = part;
  }
  return shown;
}
