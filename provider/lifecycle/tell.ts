import { type Message, toJson } from "@bufbuild/protobuf";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import { attempt, type Operation } from "../model/operation";
import { resourceField } from "../model/shape";
import type { Known } from "../model/state";
import { toldIn } from "../model/told-once";
import { namedRequest } from "../reading/named-request";
import type { Json, JsonObject } from "../value/json";

/** Returns the secrets that an answer tells, or the object in it; no text shows them from now on. */
export function toldBy(definition: Definition, { secrets }: Operation, method: Method, answer: Message): JsonObject {
  if (!definition.once) return {};
  const said = toJson(method.output, answer) as JsonObject;
  const object = said[resourceField(definition, method)?.jsonName ?? ""] as JsonObject | undefined;
  const told = toldIn(definition, { ...object, ...said });
  secrets.push(...Object.values(told).filter((value): value is Json & string => typeof value === "string"));
  return told;
}

/** Has told what no answer tells, by the call that a definition has for it. */
export async function askOnce(definition: Definition, operation: Operation, id: string, known: Known): Promise<void> {
  const { client, signal } = operation;
  for (const [name, how] of Object.entries(definition.once ?? {})) {
    if (how === "answer" || known.told[name] !== undefined) continue;
    const call = namedRequest(definition, operation, how, id).then((request) =>
      client.call(how, request, { signal, reads: true }),
    );
    const answer = await attempt(operation, `could not read ${name} of ${definition.kind} ${id}`, call);
    known.told = { ...known.told, ...toldBy(definition, operation, how, answer) };
  }
}
