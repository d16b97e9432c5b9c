import type { Definition } from "../definition";
import { field } from "../descriptor";
import { factsOf } from "../facts";
import { type JsonObject, put } from "../json";
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
  const [name, ...rest] = definition.within ?? [];
  const parts = given.split("/");
  if (definition.get || name === undefined || rest.length > 0 || parts.length === 1)
    return { id: given, scope: undefined };
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
