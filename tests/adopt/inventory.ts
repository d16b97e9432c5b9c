import type { Adoptable, Inventory } from "../../adopt/inventory";
import { ids } from "../../emulator";
import { inputsOf } from "../../provider/mapping/live-inputs";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { factsOf } from "../../provider/model/shape";
import { idOfImport } from "../../provider/reading/import-id";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { type Scene, stateOf } from "../engine/scene";
import { everySubject } from "../kinds/every";
import type { Link } from "../kinds/program";

/** An account that has these objects. */
export const inventoryOf = (...objects: readonly Adoptable[]): Inventory => ({
  organizationId: ids.organization,
  objects,
  leftOut: [],
  unread: [],
});

/** The account in which a program has made these resources. */
export async function inventoryIn(scene: Scene, links: readonly Link[]): Promise<Inventory> {
  const state = await stateOf(scene);
  return inventoryOf(
    ...links.map(({ name, kind }) => {
      const subject = Object.values(everySubject).find(({ definition }) => kindName(definition) === kind);
      const found = state[name];
      if (!subject || found?.id === undefined) throw new Error(`no ${kind} ${name}`);
      const outputs = plain(found.outputs);
      return shown(subject.definition, { ...(isObject(outputs) && outputs), id: found.id });
    }),
  );
}

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

/** The state in clear has secrets in envelopes. */
function plain(value: unknown): Json {
  const copied: Json = JSON.parse(JSON.stringify(value));
  if (Array.isArray(copied)) return copied.map(plain);
  if (!isObject(copied)) return copied;
  if (typeof copied.plaintext === "string") return JSON.parse(copied.plaintext);
  return Object.fromEntries(Object.entries(copied).map(([key, each]) => [key, plain(each)]));
}
