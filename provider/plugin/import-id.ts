import type { Definition } from "../definition";
import { field } from "../descriptor";
import { factsOf } from "../facts";
import { at, isObject, type JsonObject, put } from "../json";
import { inputsOf } from "../observe";
import { steps } from "../path";

/** The object to import, and inputs that name the scope in which it is found. */
export interface ImportId {
  readonly id: string;
  readonly scope: JsonObject | undefined;
}

/**
 * Takes the id of an import apart. A kind that is read through a list is imported as `scope/id`, where the scope is the
 * name and the id of its owner: `projectId/018f…/0190…`; everything else by its id.
 */
export function importId(definition: Definition, given: string): ImportId {
  const name = scopeName(definition);
  const parts = given.split("/");
  if (name === undefined || parts.length === 1) return { id: given, scope: undefined };
  const [member = "", owner = "", id = ""] = parts;
  const message = factsOf(definition).inputs.get(name)?.message;
  const members = message?.fields.filter((f) => !f.deprecated).map((f) => f.jsonName) ?? [];
  if (parts.length !== 3 || !message || !field(message, member))
    throw new Error(
      `${definition.kind} is imported by its id or as scope/id, such as ${members[0]}/OWNER/ID; the scope is one of ${members.join(", ")}`,
    );
  const scope: JsonObject = {};
  put(scope, [...steps(name), member], owner);
  return { id, scope };
}

/** Returns the id by which an object of a list is imported. */
export function idOfImport(definition: Definition, object: JsonObject): string {
  const name = scopeName(definition);
  const scope = name === undefined ? undefined : at(inputsOf(definition, object, undefined), steps(name));
  const [owner] = isObject(scope) ? Object.entries(scope) : [];
  return [...(owner ?? []), object.id].join("/");
}

/** The input that says where an object is found that has to be looked for in a list. */
function scopeName({ get, within = [] }: Definition): string | undefined {
  const [name, ...rest] = within;
  return get || rest.length > 0 ? undefined : name;
}
