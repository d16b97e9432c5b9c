import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { at, isObject, type Json, type JsonObject, put } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { textsIn } from "../core/canary";
import { isId } from "./derive";

/**
 * Returns the inputs of a cage as a server takes them: the canaries stay, and the rest is as it is stated, ids and the
 * phase above all. What is not stated is left out where it may be.
 */
export function housed(definition: Definition, caged: JsonObject, stated: JsonObject): JsonObject {
  const forms = [(): undefined => undefined, (part: Json) => part].map((unstated) => {
    const inputs = within(caged, stated, unstated) as JsonObject;
    const desired = steps(definition.phase?.desired ?? "");
    const phase = at(stated, desired);
    if (definition.phase?.desired !== undefined && phase !== undefined) put(inputs, desired, phase);
    return inputs;
  });
  return forms.find((inputs) => check(definition, inputs).failures.length === 0) ?? caged;
}

function within(caged: Json, stated: Json | undefined, unstated: (part: Json) => Json | undefined): Json | undefined {
  if (stated !== undefined && isOfIds(stated)) return stated;
  if (!textsIn(caged, []).some(([, text]) => text.includes("canary"))) return stated ?? unstated(caged);
  if (Array.isArray(caged) && Array.isArray(stated))
    return caged.flatMap((entry, i) => within(entry, stated[i] ?? stated[0], unstated) ?? []);
  if (!isObject(caged) || !isObject(stated)) return caged;
  const parts = [
    ...Object.entries(caged).map(([name, part]) => [name, within(part, stated[name], unstated)] as const),
    ...Object.entries(stated).filter(([name, part]) => !(name in caged) && isOfIds(part)),
  ];
  return Object.fromEntries(parts.flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])));
}

/** Whether a value has ids and nothing else. */
function isOfIds(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isOfIds);
  if (isObject(value)) return Object.keys(value).length > 0 && Object.values(value).every(isOfIds);
  return typeof value === "string" && isId.test(value);
}
