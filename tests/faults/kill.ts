import type { Definition } from "../../provider/model/definition";
import type { Method } from "../../provider/model/descriptor";
import { kindName } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import { equal } from "../../provider/value/json";
import { callsOf, leavesRecord, type Subject } from "../kinds/subject";
import { phasesOf, withPhase } from "./scenario";

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
  const strike = (definition: Definition, does: string, methods: readonly (Method | string)[]): void => {
    for (const each of methods) {
      const method = typeof each === "string" ? each : `${each.parent.name}/${each.name}`;
      blows.push({ definition, does, method, stated });
    }
  };
  for (const subject of kinds) {
    const { definition, inputs } = subject;
    stated = { ...stated, [kindName(definition)]: inputs };
    strike(definition, "create", [...callsOf(subject, "create"), ...extrasOf(definition, {}, inputs)]);
  }
  for (const subject of kinds) {
    const { definition, updated } = subject;
    if (!updated) continue;
    stated = { ...stated, [kindName(definition)]: updated };
    strike(definition, "update", updatesOf(subject, updated));
  }
  for (const { definition, inputs, updated = inputs } of kinds) {
    const [first, ...others] = phasesOf(definition);
    for (const phase of others.flatMap((other) => [other, first!])) {
      stated = { ...stated, [kindName(definition)]: withPhase(definition, updated, phase) };
      strike(definition, `to ${phase}`, callTo(definition, phase));
    }
  }
  for (const subject of [...kinds].reverse()) {
    const { definition } = subject;
    const { [kindName(definition)]: _, ...others } = stated;
    stated = others;
    if (!leavesRecord(definition)) strike(definition, "delete", callsOf(subject, "delete"));
  }
  return blows;
}

const extrasOf = ({ extra = {} }: Definition, olds: JsonObject, news: JsonObject): Method[] =>
  Object.entries(extra).flatMap(([name, { on, method }]) =>
    on === "write" && news[name] !== undefined && !equal(olds[name], news[name]) ? [method] : [],
  );

/** What changes at rest only is stopped before, and started again. */
function updatesOf(subject: Subject & { readonly definition: Definition }, news: JsonObject): (Method | string)[] {
  const { definition, inputs: olds } = subject;
  const [resting] = definition.phase?.onlyIn?.phases ?? [];
  const [first] = phasesOf(definition);
  return [
    ...callTo(definition, resting),
    ...callsOf(subject, "update"),
    ...extrasOf(definition, olds, news),
    ...(resting === undefined ? [] : callTo(definition, first)),
  ];
}

function callTo({ phase }: Definition, target: string | undefined): Method[] {
  const method = target === undefined ? undefined : phase?.targets?.[target];
  return method === undefined || typeof method === "string" ? [] : [method];
}
