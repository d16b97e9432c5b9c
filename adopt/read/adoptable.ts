import { inputsOf } from "../../provider/mapping/live-inputs";
import type { Definition } from "../../provider/model/definition";
import { nameOf } from "../../provider/model/remote-object";
import { factsOf } from "../../provider/model/shape";
import { idOfImport } from "../../provider/reading/import-id";
import { allAt, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import type { Adoptable } from "../inventory";

/** Returns what an import takes of an object. */
export function adoptable(definition: Definition, object: JsonObject): Adoptable {
  const inputs = inputsOf(definition, object, undefined);
  return {
    definition,
    importId: idOfImport(definition, object),
    id: String(object.id),
    name: calledIn(object),
    inputs,
    untold: untoldIn(definition, inputs),
  };
}

/** Returns what people call an object; empty where it has no name. */
export function calledIn(object: JsonObject): string {
  const names = [nameOf(object), ...otherNames.map((name) => object[name])];
  return String(names.find((name) => typeof name === "string" && name !== "") ?? "");
}

/** Fields by which objects are told apart that have no name. */
const otherNames = ["displayName", "fullName", "domain", "domainName", "host"];

/**
 * Returns the paths of inputs that an object may have although nothing shows them: those of which it has the message they
 * stand in, and those that every object has. What counts only when it changes is none.
 */
function untoldIn(definition: Definition, inputs: JsonObject): string[] {
  const { units, writeOnly } = factsOf(definition);
  const unshown = units.filter(({ name, remote }) => !remote && definition.required?.includes(name));
  return [...new Set([...writeOnly, ...unshown.map(({ name }) => name)])].filter((path) => {
    const parent = steps(path).slice(0, -1);
    return definition.extra?.[path]?.on !== "change" && allAt(inputs, parent).length > 0;
  });
}
