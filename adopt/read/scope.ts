import type { DescField } from "@bufbuild/protobuf";
import type { Identity } from "../../provider/client/api";
import { partsOf } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { field, fieldAt } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { at, type Json, type JsonObject, withAt } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { kindOfId, titleOf } from "./kinds";

/** An object in which others are looked for. */
export interface Owner {
  readonly definition: Definition;
  readonly id: string;
  readonly name: string;
  /** Why no program manages it, where that is so. */
  readonly unmanaged?: string | undefined;
}

/** Where objects of a kind are looked for. */
export interface Scope {
  /** The inputs that say so. */
  readonly inputs: JsonObject;
  /** In words; empty for the whole organization. */
  readonly words: readonly string[];
  /** The objects in which it is. */
  readonly owners: readonly Owner[];
}

/** What scopes are made of. */
export interface Known {
  readonly who: Identity;
  /** Returns the objects of a kind. */
  readonly owners: (definition: Definition) => readonly Owner[];
}

/** Returns all places in which objects of a kind have to be looked for one by one. */
export const scopesOf = (definition: Definition, known: Known): Scope[] =>
  neededPaths(definition).reduce<Scope[]>(
    (scopes, path) => {
      const choices = choicesOf(definition, path, inputAt(definition, path), known);
      return scopes.flatMap(({ inputs, words, owners }) =>
        choices.map((choice) => ({
          inputs: choice.value === undefined ? inputs : withAt(inputs, steps(path), choice.value),
          words: [...words, ...choice.words],
          owners: [...owners, ...(choice.owner ? [choice.owner] : [])],
        })),
      );
    },
    [{ inputs: {}, words: [], owners: [] }],
  );

/** Returns the kinds in whose objects a kind is looked for. */
export const ownerKinds = (definition: Definition): Definition[] => [
  ...new Set(
    neededPaths(definition).flatMap((path) => {
      const f = inputAt(definition, path);
      const names = f?.message ? f.message.fields.map(({ jsonName }) => jsonName) : [steps(path).at(-1)!];
      return names.flatMap((name) => kindOfId(definition, name) ?? []);
    }),
  ),
];

/** Returns the kind of which objects of a kind are parts. */
export function wholeKinds(definition: Definition): Definition[] {
  const name = definition.partOf && steps(definition.partOf).at(-1);
  const kind = name && kindOfId(definition, name);
  return kind ? [kind] : [];
}

/**
 * The inputs without which nothing reads objects: all of an address where there is no list, else the conditions that the
 * list does not do without. One that stands in the filter is left out, unless it is a message, which has no empty value.
 */
function neededPaths({ list, findAll, within = [], address = [] }: Definition): readonly string[] {
  if (findAll) return [];
  if (!list) return address;
  const filter = field(list.input, "filter")?.message;
  return within.filter((path) => {
    const [head = ""] = steps(path);
    return field(list.input, head) !== undefined || (filter && field(filter, head)?.message !== undefined);
  });
}

/** A value of an input of a scope, and what it is in words. */
interface Choice {
  readonly value?: Json;
  readonly words: readonly string[];
  readonly owner?: Owner;
}

function choicesOf(definition: Definition, path: string, f: DescField | undefined, known: Known): Choice[] {
  const name = steps(path).at(-1)!;
  if (f?.message) {
    const members = f.message.fields.filter(({ deprecated }) => !deprecated);
    return members.flatMap((member) => ofOwner(definition, member, known));
  }
  const none: Choice[] = f?.proto.proto3Optional ? [{ words: [] }] : [];
  if (name === "organizationId") return [{ value: known.who.organizationId ?? "", words: [] }];
  if (f?.enum) {
    const values = f.enum.values.filter(({ number, deprecated }) => number !== 0 && !deprecated);
    return [...none, ...values.map((value) => ({ value: value.name, words: [value.localName.toLowerCase()] }))];
  }
  return [...none, ...ofKind(definition, path, known)];
}

/** The values of one of the fields that say who owns something; what a person owns is seen by that person alone. */
function ofOwner(definition: Definition, { jsonName }: DescField, known: Known): Choice[] {
  const { organizationId = "", subjectId } = known.who;
  const choices: Choice[] =
    jsonName === "organizationId"
      ? [{ value: organizationId, words: ["the organization"] }]
      : ofKind(definition, jsonName, known);
  const own = jsonName === "userId" ? choices.filter(({ value }) => value === subjectId) : choices;
  return own.map(({ value = "", ...choice }) => ({ ...choice, value: { [jsonName]: value } }));
}

function ofKind(definition: Definition, path: string, known: Known): Choice[] {
  const name = steps(path).at(-1)!;
  const kind = kindOfId(definition, name);
  if (!kind) throw new Error(`${titleOf(definition)}: nothing says which values ${path} has`);
  return known
    .owners(kind)
    .filter(({ unmanaged }) => path !== definition.partOf || unmanaged === undefined)
    .map((owner) => ({ value: ownIdOf(owner, name), words: [labelOf(owner)], owner }));
}

/** Returns the id by which others name an object. */
export const ownIdOf = ({ definition, id }: Owner, name: string): Json =>
  at(definition.address && partsOf(definition, id), [name]) ?? id;

/** Says which object it is. */
export const labelOf = ({ definition, name, id }: Owner): string =>
  name === "" ? `${titleOf(definition)} ${id}` : `${titleOf(definition)} ${name} (${id})`;

const inputAt = (definition: Definition, path: string): DescField | undefined => {
  const [head = "", ...rest] = steps(path);
  const f = factsOf(definition).inputs.get(head);
  return rest.length === 0 ? f : f?.message && fieldAt(f.message, rest);
};
