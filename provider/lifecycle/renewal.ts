import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { Unit } from "../model/shape";
import type { Known } from "../model/state";
import { type JsonObject, present } from "../value/json";

/** A call that makes anew what is told once. */
export interface Renewal {
  readonly method: Method;
  /** What the inputs say of it, changed or not: the call takes all that counts for what it makes. */
  readonly request: JsonObject;
  /** The units that ask for it. */
  readonly changed: readonly Unit[];
}

/** Returns the renewals that changed units ask for, or that tell what an interrupted create has left untold: one for each method. */
export function renewalsDue(
  { extra = {}, once = {} }: Definition,
  units: readonly Unit[],
  news: JsonObject,
  { seen, told }: Known,
): Renewal[] {
  const renewing = Object.entries(extra).filter(([, { on }]) => on === "change");
  const isOwed =
    seen.untold === true && Object.keys(once).some((name) => once[name] === "answer" && told[name] === undefined);
  return [...new Set(renewing.map(([, { method }]) => method))].flatMap((method) => {
    const changed = units.filter((unit) => unit.extra?.on === "change" && unit.extra.method === method);
    if (changed.length === 0 && !isOwed) return [];
    const stated = renewing.flatMap(([name, { method: by, field }]) =>
      by === method && field !== undefined ? [[field, news[name]] as const] : [],
    );
    return [{ method, request: present(Object.fromEntries(stated)), changed }];
  });
}
