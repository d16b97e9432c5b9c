import type { Identity } from "../client/api";
import { inputsOf } from "../mapping/live-inputs";
import { addressForm, canonicalAddress, partsOf } from "../model/address";
import type { Definition } from "../model/definition";
import { factsOf } from "../model/shape";
import { at, isObject, type JsonObject, put } from "../value/json";
import { spoken, steps } from "../value/path";
import { accountOf } from "./acting";

/** The object to import, and inputs that name the scope in which it is found. */
export interface ImportId {
  readonly id: string;
  readonly scope: JsonObject | undefined;
}

/**
 * Takes the id of an import apart. A kind that has an address is imported by it, in which `current` is the organization or
 * the user of the token; one that is read through a list as `scope/id`, where the scope is the name and the id of its
 * owner: `projectId/018f…/0190…`; one that is the business of an account as `account/id`; everything else by its id.
 */
export async function importId(
  definition: Definition,
  given: string,
  who: () => Promise<Identity | undefined>,
): Promise<ImportId> {
  if (definition.address) {
    const known = given.split("/").includes("current") ? await who() : undefined;
    const id = canonicalAddress(definition, given, known);
    if (id === undefined) throw new Error(`${definition.kind} is imported as ${addressForm(definition)}.`);
    return { id, scope: partsOf(definition, id) };
  }
  if (definition.as) return ofAccount(definition.as, given);
  const name = scopeName(definition);
  const parts = given.split("/");
  if (name === undefined || parts.length === 1) return { id: given, scope: undefined };
  const [member = "", owner = "", id = ""] = parts;
  if (parts.length !== 3 || !scopesOf(definition, name).includes(member)) throw new Error(`${form(definition, name)}.`);
  const scope: JsonObject = {};
  put(scope, [...steps(name), member], owner);
  return { id, scope };
}

function ofAccount(as: NonNullable<Definition["as"]>, given: string): ImportId {
  const [id = "", accountId] = given.split("/").reverse();
  return { id, scope: accountId === undefined ? undefined : inputsOfAccount(as, accountId) };
}

/** Returns the inputs that say that something is the business of an account. */
export function inputsOfAccount({ account, where }: NonNullable<Definition["as"]>, accountId: string): JsonObject {
  const inputs: JsonObject = {};
  for (const [path, value] of Object.entries({ ...where, [account]: accountId })) put(inputs, steps(path), value ?? "");
  return inputs;
}

/** Says how an object is imported that its id alone has not led to; undefined where an id leads to every object. */
export function whyNotFound(definition: Definition, { id, scope }: ImportId): string | undefined {
  const name = scopeName(definition);
  if (scope !== undefined) return undefined;
  if (definition.as)
    return `${definition.kind} ${id} is not found by its id alone: one of a${spoken(definition.as.kind().kind)} is imported as account/id.`;
  if (name === undefined) return undefined;
  return `${definition.kind} ${id} is not found by its id alone: ${form(definition, name)}.`;
}

function form(definition: Definition, name: string): string {
  const members = scopesOf(definition, name);
  return `${definition.kind} is imported as scope/id, such as ${members[0]}/OWNER/ID; the scope is one of ${members.join(", ")}`;
}

function scopesOf(definition: Definition, name: string): string[] {
  const message = factsOf(definition).inputs.get(name)?.message;
  return message?.fields.filter((f) => !f.deprecated).map((f) => f.jsonName) ?? [];
}

/** Returns the id by which an object of a list is imported. */
export function idOfImport(definition: Definition, object: JsonObject): string {
  const account = definition.address ? undefined : accountOf(definition, { remote: object });
  if (account !== undefined) return `${account}/${object.id}`;
  const name = scopeName(definition);
  const scope = name === undefined ? undefined : at(inputsOf(definition, object, undefined), steps(name));
  const [owner] = isObject(scope) ? Object.entries(scope) : [];
  return [...(owner ?? []), object.id].join("/");
}

/** The input that says where an object is found that has to be looked for in a list. */
function scopeName({ address, get, within = [] }: Definition): string | undefined {
  const [name, ...rest] = within;
  return address || get || rest.length > 0 ? undefined : name;
}
