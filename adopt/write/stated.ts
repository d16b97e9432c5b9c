import type { DescField } from "@bufbuild/protobuf";
import type { Definition } from "../../provider/model/definition";
import { fieldAt, isImplicit, isLeaf, messageOf, zero } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { at, equal, isObject, type Json, type JsonObject, present, withAt } from "../../provider/value/json";

/**
 * Returns of the inputs that an import reads those that a program states: not the organization, which is the token's, and
 * not what says no more than saying nothing.
 */
export function statedInputs(definition: Definition, inputs: JsonObject, organizationId: string): JsonObject {
  const fields = factsOf(definition).inputs;
  const required = definition.required ?? [];
  const isRequired = (path: string) => required.some((each) => each === path || each.startsWith(`${path}.`));

  const part = (f: DescField | undefined, value: Json, path: string): Json | undefined => {
    const message = f && messageOf(f);
    const kept =
      message && !isLeaf(message) && isObject(value)
        ? object(value, (key) => message.fields.find(({ jsonName }) => jsonName === key), `${path}.`)
        : value;
    return f && saysNothing(f, kept) && !isRequired(path) ? undefined : kept;
  };
  const object = (value: JsonObject, fieldOf: (key: string) => DescField | undefined, prefix: string): JsonObject =>
    present(
      Object.fromEntries(Object.entries(value).map(([key, each]) => [key, part(fieldOf(key), each, prefix + key)])),
    );

  const { organizationId: stated, ...others } = inputs;
  const isTokens = stated === organizationId && !isRequired("organizationId");
  const said = object(isTokens ? others : inputs, (key) => fields.get(key), "");
  return emptyOnes(definition, inputs).reduce((all, [path, value]) => withAt(all, path, value), said);
}

/** What the API leaves out because it is empty, and a program has to state. */
const emptyOnes = (definition: Definition, inputs: JsonObject): [string[], Json][] =>
  (definition.required ?? []).flatMap((path): [string[], Json][] => {
    const names = path.split(".");
    const unit = factsOf(definition).units.find(({ name }) => path === name || path.startsWith(`${name}.`));
    const f = unit && fieldBelow(unit.field, names.slice(unit.path.length));
    const isShown = unit?.remote !== undefined && !factsOf(definition).writeOnly.has(path);
    return f?.fieldKind === "scalar" && isShown && isImplicit(f) && at(inputs, names) === undefined
      ? [[names, zero(f)]]
      : [];
  });

function fieldBelow(f: DescField, names: readonly string[]): DescField | undefined {
  const inner = messageOf(f);
  return names.length === 0 ? f : inner && fieldAt(inner, names);
}

/** A choice says something by being there, and so does a number or a flag that may be missing. */
const saysNothing = (f: DescField, value: Json): boolean =>
  f.oneof === undefined && !isSaid(f, value) && equal(value, zero(f));

function isSaid(f: DescField, value: Json): boolean {
  if (f.fieldKind === "message") return isLeaf(f.message) || f.message.fields.length === 0;
  return (f.fieldKind === "scalar" || f.fieldKind === "enum") && !isImplicit(f) && value !== "";
}
