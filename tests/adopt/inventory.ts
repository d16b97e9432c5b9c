import type { Adoptable, Inventory } from "../../adopt/inventory";
import { ids } from "../../emulator";
import { inputsOf } from "../../provider/mapping/live-inputs";
import type { Definition } from "../../provider/model/definition";
import { factsOf } from "../../provider/model/shape";
import { idOfImport } from "../../provider/plugin/import-id";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";

/** An account that has these objects. */
export const inventoryOf = (...objects: readonly Adoptable[]): Inventory => ({
  organizationId: ids.organization,
  objects,
  leftOut: [],
  unread: [],
});

/** An object as the API shows it, with its id as Pulumi knows it. */
export function shown(definition: Definition, object: JsonObject): Adoptable {
  const inputs = inputsOf(definition, object, undefined);
  return {
    definition,
    importId: idOfImport(definition, object),
    id: String(object.id),
    name: nameOf(inputs) ?? "",
    inputs,
    untold: [...factsOf(definition).writeOnly].filter((path) => definition.required?.includes(path)),
  };
}

function nameOf(inputs: Json | undefined): string | undefined {
  if (!isObject(inputs)) return undefined;
  const { name, displayName, metadata } = inputs;
  return [name, displayName].find((each): each is string => typeof each === "string") ?? nameOf(metadata);
}
