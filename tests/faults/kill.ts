import type { Definition, Method } from "../../provider/definition";
import type { JsonObject } from "../../provider/json";
import { equal } from "../../provider/json";
import { phasesOf, withPhase } from "./scenario";
import type { Subject } from "./subject";

/** A write of a provider, at which its process is killed, and the program that leads to it. */
export interface Blow {
  readonly definition: Definition;
  readonly does: string;
  /** As `EnvironmentService/CreateEnvironment`. */
  readonly method: string;
  /** The inputs of the resources that the program has then, by their kinds. */
  readonly stated: Stated;
}

/** Inputs by kind. */
export type Stated = Readonly<Record<string, JsonObject>>;

/** Returns every write that one resource of each kind leads to from its create to its delete, in this order. */
export function blowsOf(kinds: readonly (Subject & { readonly definition: Definition })[]): Blow[] {
  const blows: Blow[] = [];
  let stated: Stated = {};
  const strike = (definition: Definition, does: string, methods: readonly Method[]): void => {
    for (const { parent, name } of methods) blows.push({ definition, does, method: `${parent.name}/${name}`, stated });
  };
  for (const { definition, inputs } of kinds) {
    stated = { ...stated, [definition.kind]: inputs };
    strike(definition, "create", [definition.create, ...extrasOf(definition, {}, inputs)]);
  }
  for (const { definition, inputs, updated } of kinds) {
    if (!updated) continue;
    stated = { ...stated, [definition.kind]: updated };
    strike(definition, "update", updatesOf(definition, inputs, updated));
  }
  for (const { definition, inputs, updated = inputs } of kinds) {
    const [first, ...others] = phasesOf(definition);
    for (const phase of others.flatMap((other) => [other, first!])) {
      stated = { ...stated, [definition.kind]: withPhase(definition, updated, phase) };
      strike(definition, `to ${phase}`, callTo(definition, phase));
    }
  }
  for (const { definition } of [...kinds].reverse()) {
    const { [definition.kind]: _, ...others } = stated;
    stated = others;
    strike(definition, "delete", [definition.delete]);
  }
  return blows;
}

const extrasOf = ({ extra = {} }: Definition, olds: JsonObject, news: JsonObject): Method[] =>
  Object.entries(extra).flatMap(([name, { on, method }]) =>
    on === "write" && news[name] !== undefined && !equal(olds[name], news[name]) ? [method] : [],
  );

/** What changes at rest only is stopped before, and started again. */
function updatesOf(definition: Definition, olds: JsonObject, news: JsonObject): Method[] {
  const [resting] = definition.phase?.onlyIn?.phases ?? [];
  const [first] = phasesOf(definition);
  return [
    ...callTo(definition, resting),
    ...(definition.update ? [definition.update] : []),
    ...extrasOf(definition, olds, news),
    ...(resting === undefined ? [] : callTo(definition, first)),
  ];
}

function callTo({ phase }: Definition, target: string | undefined): Method[] {
  const method = target === undefined ? undefined : phase?.reach?.[target];
  return method === undefined || method === "by itself" ? [] : [method];
}
