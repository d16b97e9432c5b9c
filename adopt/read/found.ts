import type { Identity } from "../../provider/client/api";
import type { Definition } from "../../provider/model/definition";
import { at, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import type { Adoptable, LeftOut, Unread } from "../inventory";
import { adoptable, calledIn } from "./adoptable";
import { kindOfId, titleOf } from "./kinds";
import { whyLeftOut, whyNotAll } from "./left-out";
import { type Owner, ownIdOf } from "./scope";

/** What there is of a kind. */
export interface Found {
  /** All objects, in which others may be looked for. */
  readonly owners: readonly Owner[];
  readonly objects: readonly Adoptable[];
  readonly leftOut: readonly LeftOut[];
  readonly unread: readonly Unread[];
}

/** An object without what the API says of it beyond its inputs. */
export interface Judged {
  readonly owner: Owner;
  /** Missing where it is left out. */
  readonly object?: Adoptable;
}

/** Returns what decides of objects of a kind whether they are taken over; some may be parts of others. */
export function judge(
  definition: Definition,
  who: Identity,
  wholes: (kind: Definition) => readonly Owner[],
): (object: JsonObject) => Judged {
  const { partOf } = definition;
  const name = partOf && steps(partOf).at(-1);
  const kind = name && kindOfId(definition, name);
  const known = new Map(kind ? wholes(kind).map((owner) => [ownIdOf(owner, name), owner]) : []);
  return (object) => {
    const whole = partOf && known.get(at(object, steps(partOf)) ?? "");
    const unmanaged = whyLeftOut(definition, object, { who, ...(whole && { whole }) });
    const owner = { definition, id: String(object.id), name: calledIn(object), unmanaged };
    return { owner, ...(unmanaged === undefined && { object: adoptable(definition, object) }) };
  };
}

/** Puts what there is of a kind in order, by name and then by id. */
export function foundOf(definition: Definition, all: Iterable<Judged>, unread: readonly Unread[]): Found {
  const kind = titleOf(definition);
  const sorted = [...all].sort((a, b) => compare(a.owner.name, b.owner.name) || compare(a.owner.id, b.owner.id));
  const rest = whyNotAll(definition);
  return {
    owners: sorted.map(({ owner }) => owner),
    objects: sorted.flatMap(({ object }) => object ?? []),
    leftOut: [
      ...sorted.flatMap(({ owner: { id, name, unmanaged } }) =>
        unmanaged === undefined ? [] : [{ kind, id, name, reason: unmanaged }],
      ),
      ...(rest === undefined ? [] : [{ kind, reason: rest }]),
    ],
    unread: [...unread].sort((a, b) => compare(a.scope ?? "", b.scope ?? "")),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
