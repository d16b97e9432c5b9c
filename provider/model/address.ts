import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import type { Identity } from "../client/api";
import { at, type Json, type JsonObject, put, withAt } from "../value/json";
import { steps } from "../value/path";
import type { Definition } from "./definition";
import { enumPrefix, field, fieldAt, type Method } from "./descriptor";
import { factsOf, idName } from "./shape";

/** The key under which an object keeps the id that the server gives it, where Pulumi knows it by its address. */
export const ownId = "__id";

/**
 * Returns an object under the id by which Pulumi knows it: its own, or its address. `asked` is the id that it was asked
 * for by, or the request; what that says of an object that does not say it itself is added.
 */
export function identified(definition: Definition, object: JsonObject, asked?: string | JsonObject): JsonObject {
  const own = at(object, [idIn(definition, factsOf(definition).resource) ?? "id"]);
  if (!definition.address) return { ...object, id: own ?? (typeof asked === "string" ? asked : "") };
  const told = typeof asked === "string" ? partsOf(definition, asked) : asked;
  const whole = partsIn(definition).reduce<JsonObject>((known, { name, remote }) => {
    const value = at(told, steps(name));
    return value === undefined || name === "id" || at(known, remote) !== undefined
      ? known
      : withAt(known, remote, value);
  }, object);
  const values = partsIn(definition).map(({ name, remote }) => (name === "id" ? own : at(whole, remote)));
  return { ...whole, id: joined(definition, values) ?? "", ...(own !== undefined && { [ownId]: own }) };
}

/**
 * Returns the address that inputs lead to; a missing organization is the token's. Undefined where the kind has none, or
 * where a part is the server's.
 */
export const addressOf = (definition: Definition, inputs: JsonObject, who?: Identity): string | undefined =>
  definition.address &&
  joined(
    definition,
    partsIn(definition).map(
      ({ name }) => at(inputs, steps(name)) ?? (name === "organizationId" ? who?.organizationId : undefined),
    ),
  );

function joined(definition: Definition, values: readonly (Json | undefined)[]): string | undefined {
  const known = partsIn(definition).map((part, i) => ({ ...part, value: values[i] }));
  while (known.length > 1 && known.at(-1)?.value === undefined && known.at(-1)?.isOptional) known.pop();
  if (known.some(({ value }) => typeof value !== "string" || value === "")) return undefined;
  return known.map(({ field: f, value }) => spelled(f, String(value))).join("/");
}

/**
 * Returns the inputs that an address says, undefined where the text is none. `current` is the organization or the user
 * of the token, where that is known: by the name of the part, or after `organization/` or `user/`.
 */
export function partsOf(definition: Definition, text: string, who?: Identity): JsonObject | undefined {
  const parts = partsIn(definition);
  const texts = text.split("/");
  if (texts.length > parts.length) return undefined;
  const inputs: JsonObject = {};
  for (const [i, { name, field: f, isOptional }] of parts.entries()) {
    const said = texts[i] ?? "";
    if (said === "" && i >= texts.length && isOptional) continue;
    const value = said === "current" && who ? (mine(name, texts[i - 1], who) ?? said) : meant(f, said);
    if (value === undefined) return undefined;
    if (name !== "id") put(inputs, steps(name), value);
  }
  return inputs;
}

/** Returns the id that a text means: an address as a program or a person may write it; undefined where it is none. */
export function canonicalAddress(definition: Definition, text: string, who?: Identity): string | undefined {
  const parts = partsOf(definition, text, who);
  const own = ownPart(definition, text);
  return parts && addressOf(definition, { ...parts, ...(own !== undefined && { id: own }) }, who);
}

/** Says what the id of an object looks like that Pulumi knows by its address: `groupId/principal/id`. */
export function addressForm(definition: Definition): string {
  const parts = partsIn(definition).map((part) => ({ ...part, last: steps(part.name).at(-1) }));
  const form = parts.map(({ last, isOptional }, i) =>
    isOptional ? `[${i > 0 ? "/" : ""}${last}]` : `${i > 0 ? "/" : ""}${last}`,
  );
  const names = parts.flatMap(({ last, field: f }) => {
    const values = f?.enum?.values.filter(({ number, deprecated }) => number !== 0 && !deprecated) ?? [];
    const names = values.slice(0, mostValues).map(({ name }) => spelled(f, name));
    const more = values.length > names.length ? ["…"] : [];
    return names.length === 0 ? [] : [`${last} is one of ${[...names, ...more].join(", ")}`];
  });
  return [form.join(""), ...names].join("; ");
}

/** Values of an enum that a message names. */
const mostValues = 6;

const mine = (name: string, before: string | undefined, who: Identity): string | undefined =>
  name === "organizationId" || before === "organization"
    ? who.organizationId
    : name === "userId" || before === "user"
      ? who.subjectId
      : undefined;

function meant(f: DescField | undefined, text: string): string | undefined {
  if (text === "") return undefined;
  if (!f?.enum) return decodeURIComponent(text);
  const name = text.toUpperCase();
  const prefix = enumPrefix(f.enum);
  return f.enum.values.find((value) => value.name === name || value.name === prefix + name)?.name;
}

const spelled = (f: DescField | undefined, value: string): string =>
  f?.enum ? value.slice(enumPrefix(f.enum).length).toLowerCase() : encodeURIComponent(value);

/** Returns the fields of a request that have to be stated to name an object. */
export function namingFields(definition: Definition, { input }: Method): string[] {
  const name = idIn(definition, input);
  const parts = partsIn(definition).filter((part) => part.name !== "organizationId" && !part.isOptional);
  const heads = parts.map((part) => steps(part.name)[0]!).filter((head) => field(input, head));
  const isOneOfMany = name === undefined || field(input, name)?.oneof !== undefined;
  return [...new Set(definition.address ? heads : isOneOfMany ? [] : [name])];
}

/** Where a request names the organization: at its top, or in the filter of a list. */
const organizationPaths = ({ input }: Method): string[][] =>
  [["organizationId"], ["filter", "organizationId"]].filter((path) => fieldAt(input, path) !== undefined);

/** Whether a request names the organization. */
export const needsIdentity = (method: Method): boolean => organizationPaths(method).length > 0;

/** Returns a request that names this organization where it names none. */
export const withOrganization = (method: Method, request: JsonObject, organizationId: string | undefined): JsonObject =>
  organizationPaths(method).reduce<JsonObject>(
    (known, path) =>
      organizationId === undefined || at(known, path) !== undefined ? known : withAt(known, path, organizationId),
    request,
  );

/** Whether an address says which object it is in the token's organization only, so that it names another one elsewhere. */
export const isNamedByToken = ({ address, get, update, delete: remove }: Definition): boolean =>
  address !== undefined &&
  [get, update, remove].some((call) => typeof call === "object" && "input" in call && needsIdentity(call));

/** Whether the only object of a kind that the token may see is the one of its organization, so that nothing lists them. */
export const isTokensOwn = ({ list, address }: Definition): boolean =>
  list === undefined && address !== undefined && address.every((part) => part === "organizationId");

/** Whether a request names an object by the id that the server gives it, although Pulumi knows it by another one. */
export const needsOwnId = (definition: Definition, { input }: Method): boolean =>
  definition.address !== undefined && !endsInId(definition) && idIn(definition, input) !== undefined;

/** Returns the fields of a request that name an object: its id or its address, and the token's organization. */
export function naming(
  definition: Definition,
  method: Method,
  id: string,
  own?: Json,
  organizationId?: string,
): JsonObject {
  const { input } = method;
  const request = withOrganization(method, {}, organizationId);
  const parts = definition.address ? (partsOf(definition, id) ?? {}) : {};
  for (const { name } of partsIn(definition)) {
    const value = at(parts, steps(name));
    if (value !== undefined && fieldAt(input, steps(name))) put(request, steps(name), value);
  }
  const name = idIn(definition, input);
  const value = definition.address ? (own ?? ownPart(definition, id)) : id;
  if (name !== undefined && value !== undefined) request[name] = value;
  return request;
}

/** Returns the object's own id, where an address ends in it. */
function ownPart(definition: Definition, id: string): string | undefined {
  const last = id.split("/").at(-1);
  return endsInId(definition) && last ? decodeURIComponent(last) : undefined;
}

const endsInId = ({ address = [] }: Definition): boolean => address.at(-1) === "id";

/** Returns the id that an answer says which does not carry the object. */
export function idSaid(definition: Definition, { output }: Method, answer: Message): string | undefined {
  const f = field(output, idIn(definition, output) ?? "");
  const id = f && (answer as unknown as { [name: string]: unknown })[f.localName];
  return typeof id === "string" && id !== "" ? id : undefined;
}

/**
 * Returns the field of a message that is the object's own id: `id`, the id of the kind, else the only one that is an id
 * at all; the organization's and those of the address are others'.
 */
function idIn(definition: Definition, message: DescMessage): string | undefined {
  const { address = [] } = definition;
  const others: readonly string[] = ["organizationId", ...address.filter((part) => part !== "id")];
  const named = ["id", idName(definition)].find((name) => field(message, name) && !others.includes(name));
  const ids = message.fields.filter(
    (f) => f.scalar === ScalarType.STRING && !f.deprecated && f.jsonName.endsWith("Id") && !others.includes(f.jsonName),
  );
  return named ?? (ids.length === 1 ? ids[0]?.jsonName : undefined);
}

/** A part of an address. */
interface Part {
  readonly name: string;
  readonly field: DescField | undefined;
  /** Where the object shows it. */
  readonly remote: readonly string[];
  readonly isOptional: boolean;
}

const partsIn = (definition: Definition): Part[] =>
  (definition.address ?? []).map((name) => {
    const unit = factsOf(definition).units.find((each) => each.name === name);
    return {
      name,
      field: unit?.field,
      remote: unit?.remote ?? steps(name),
      isOptional: unit?.field.proto.proto3Optional === true,
    };
  });
