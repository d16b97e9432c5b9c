import { kindName, tokenOf } from "../../provider/model/module";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import type { Adoptable, Inventory } from "../inventory";
import { areaOf } from "./area";
import type { Earlier } from "./earlier";
import type { Entry, Expression } from "./expression";
import { groupsOf } from "./group";
import { idsOf } from "./id";
import { namesOf } from "./name";
import type { Plan, Resource } from "./resource";
import { statedInputs } from "./stated";
import { gapsOf, withGaps } from "./untold";
import { variableOf } from "./variable";

/** Returns the resources for all objects of an account, other than those that a project has already. */
export function planOf(inventory: Inventory, earlier: Earlier | undefined): Plan {
  const objects = inventory.objects.filter((object) => !earlier?.nameOf(typeOf(object), object.importId));
  const ids = idsOf(inventory);
  const names = namesOf(objects, ids, new Set(earlier?.names));
  const used = new Set<string>();
  const drafts = objects
    .map((object) => draftOf(object, names.get(object)!))
    .sort(byArea)
    .map((draft): Draft => {
      const stated = statedInputs(draft.object.definition, draft.object.inputs, inventory.organizationId);
      return { ...draft, stated, gaps: gapsOf(draft.object, stated, draft.name, used) };
    });
  const byObject = new Map(drafts.map((draft) => [draft.object, draft]));
  const done = new Map<Draft, Resource>();
  const open = new Set<Draft>();

  const place = (draft: Draft): Resource | undefined => {
    if (open.has(draft)) return done.get(draft);
    open.add(draft);
    const refer = (value: string): Expression => {
      const owner = ids.objectOf(value);
      if (!owner || owner === draft.object) return { is: "literal", value };
      const other = byObject.get(owner);
      const to = other ? place(other) : earlier?.targetOf(typeOf(owner), owner.importId);
      if (to) return { is: "reference", to };
      const called = other?.name ?? earlier?.nameOf(typeOf(owner), owner.importId) ?? owner.id;
      return { is: "literal", value, note: `the id of ${called}${other ? ", which refers to this one" : ""}` };
    };
    const resource = { ...draft, inputs: withGaps(entriesOf(draft.stated, refer), draft.gaps) };
    done.set(draft, resource);
    return resource;
  };

  for (const draft of drafts) place(draft);
  const resources = [...done.values()];
  return { resources, groups: groupsOf(resources) };
}

interface Draft extends Omit<Resource, "inputs"> {
  readonly stated: JsonObject;
}

type Named = Omit<Draft, "gaps" | "stated">;

function draftOf(object: Adoptable, name: string): Named {
  return { object, name, type: typeOf(object), area: areaOf(object.definition), variable: variableOf(name) };
}

const typeOf = ({ definition }: Adoptable): string => tokenOf(kindName(definition));

function byArea(a: Named, b: Named): number {
  const [before, after] = [a, b].map(({ area, type, name }) => [area, type, name].join(" "));
  return before! < after! ? -1 : 1;
}

const entriesOf = (object: JsonObject, refer: (value: string) => Expression): Entry[] =>
  Object.entries(object).map(([key, value]) => ({ key, value: expressionOf(value, refer) }));

function expressionOf(value: Json, refer: (value: string) => Expression): Expression {
  if (typeof value === "string") return refer(value);
  if (Array.isArray(value)) return { is: "list", items: value.map((item) => expressionOf(item, refer)) };
  return isObject(value) ? { is: "object", entries: entriesOf(value, refer) } : { is: "literal", value };
}
