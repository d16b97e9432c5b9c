import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { CommonInputsSchema } from "../../proto/gen/provider/v1/inputs_pb";
import { pattern } from "../value/path";
import { perOwner } from "../value/per-owner";
import type { Definition, Extra } from "./definition";
import { field, fieldAt, isDeprecated, isLeaf, isRecursive, type Method, messageOf } from "./descriptor";

/** A part of the inputs that is sent as one: a scalar, a list, a map, or a message that the update request takes whole. */
export interface Unit {
  /** Where it is in the inputs. */
  readonly path: readonly string[];
  /** The same place, dotted. */
  readonly name: string;
  readonly field: DescField;
  /** Where the update request takes it; a unit without this and without `extra` replaces. */
  readonly update?: Place & { readonly wrapper?: string };
  /** Whether it counts with another operation only, so that a change of it alone does nothing. */
  readonly passive?: boolean;
  /** Whether it counts with the create only, so that another value is no difference. */
  readonly once?: boolean;
  /** The call of its own that takes it. */
  readonly extra?: Extra;
  /** Where the object gives it back. */
  readonly remote?: readonly string[];
  /** The field there, which may say less about what is left out. */
  readonly shown?: DescField;
  /** What becomes of it when it is no longer stated, where that is not its empty value. */
  readonly whenRemoved?: "replace" | "leave" | "refuse" | "restore";
  /** Whether an empty value of it is refused, since the API does not empty it and no replacement may. */
  readonly isNeverEmpty?: boolean;
}

/** A field and the names that lead to it. */
export interface Place {
  readonly path: readonly string[];
  readonly field: DescField;
}

/** What the proto says about a kind. */
export interface Facts {
  /** The message of the object. */
  readonly resource: DescMessage;
  /** The inputs at the top level. */
  readonly inputs: ReadonlyMap<string, DescField>;
  readonly units: readonly Unit[];
  /** Dotted paths of fields that are not inputs. */
  readonly notInputs: ReadonlySet<string>;
  /** Dotted paths of inputs that an import leaves out. */
  readonly filledIn: ReadonlySet<string>;
  /** Dotted paths of inputs that the server does not give back; a part of a unit may be one. */
  readonly writeOnly: ReadonlySet<string>;
}

/** Works out once what the proto says about a kind. */
export const factsOf = perOwner((definition: Definition): Facts => {
  const resource = resourceOf(definition);
  const notInputs = new Set([...(definition.outputOnly ?? []), ...(definition.deprecated ?? [])]);
  const inputs = new Map([...topLevel(definition)].filter(([name]) => !notInputs.has(name)));
  const own = new Set(ownMessages(definition).flatMap(({ fields }) => fields.map((f) => f.jsonName)));
  for (const { input } of createMethods(definition)) for (const f of input.fields) own.delete(f.jsonName);
  const passive = new Set<string>(definition.passive);
  const once = new Set(CommonInputsSchema.fields.map((f) => f.jsonName));
  const forms = new Set(Object.values(definition.sources ?? {}).flatMap((of) => Object.keys(of ?? {})));
  const units = [...inputs].flatMap(([name, f]) => {
    if (forms.has(name)) return [];
    const extra = definition.extra?.[name];
    const isShown = !own.has(name) || definition.address?.includes(name);
    const homes = isShown ? homesOf(definition, resource, name, f) : {};
    const found = unitsOf([name], f, { ...homes, notInputs, isAlwaysThere: !definition.create }).map((unit) =>
      withRemoval(definition, unit),
    );
    if (extra) return found.map(({ update: _, ...unit }) => ({ ...unit, extra }));
    if (once.has(name)) return found.map((unit) => ({ ...unit, passive: true, once: true }));
    return passive.has(name) ? found.map((unit) => ({ ...unit, passive: true })) : found;
  });
  const writeOnly = new Set<string>([...(definition.writeOnly ?? []), ...(definition.sensitive ?? [])]);
  return { resource, inputs, units, notInputs, filledIn: new Set(definition.filledIn), writeOnly };
});

/** What is removed of the inputs; the organization is the token's whether or not it is stated. */
function withRemoval({ cannotClear, create, delete: end, mergeBy }: Definition, unit: Unit): Unit {
  const always = unit.name === "organizationId" ? "leave" : end === "restore" ? "restore" : undefined;
  const whenRemoved = cannotClear?.[unit.name] ?? always;
  const isNeverEmpty = whenRemoved === "refuse" || (!create && isPlainCollection(unit) && !mergeBy?.[unit.name]);
  return { ...unit, ...(whenRemoved && { whenRemoved }), ...(isNeverEmpty && { isNeverEmpty }) };
}

/** Whether an update takes a unit as a list or a map, so that an empty one reads as "not touched". */
export const isPlainCollection = ({ update }: Pick<Unit, "update">): boolean =>
  ["list", "map"].includes(update?.field.fieldKind ?? "");

/** Whether another value of a unit replaces the object, since no call takes it. */
export const isFixed = ({ phase }: Definition, { name, passive, extra, update }: Unit): boolean =>
  !passive && !extra && !update && name !== phase?.desired;

/** Returns the method whose request these inputs are: the create for them, else the update, else the get. */
export const createMethod = (definition: Definition, isSet: (input: string) => boolean): Method =>
  Object.entries(definition.createWith ?? {}).find(([input]) => isSet(input))?.[1] ?? maker(definition);

/** Returns every method whose request inputs may be. */
export const createMethods = (definition: Definition): Method[] => [
  maker(definition),
  ...Object.values(definition.createWith ?? {}),
];

function maker({ kind, create, update, get }: Definition): Method {
  const method = create ?? update ?? get;
  if (!method) throw new Error(`${kind} has no call that takes its inputs`);
  return method;
}

/** Returns the messages of inputs that no call of the API takes. */
export const ownMessages = ({ own }: Definition): DescMessage[] => [CommonInputsSchema, ...(own ? [own] : [])];

/** Returns the name that the API gives to the id of an object where others have ids as well: `projectId`. */
export const idName = ({ kind }: Definition): string => `${kind[0]!.toLowerCase()}${kind.slice(1)}Id`;

/** Returns the field in which an answer carries the object, or a list of objects. */
export const resourceField = (definition: Definition, method: Method): DescField | undefined =>
  method.output.fields.find((f) => f.message === factsOf(definition).resource);

/**
 * The message of the object: what the create answers with, else the get, else an entry of the list, else all of the get,
 * as where what the get carries is an input as a whole.
 */
function resourceOf({ kind, create, get, list, update }: Definition): DescMessage {
  const isStated = ({ jsonName, message }: DescField): boolean =>
    !create && message !== undefined && update !== undefined && field(update.input, jsonName)?.message === message;
  if (get?.output.fields.some(isStated)) return get.output;
  const carried = [create, get].map((method) => method?.output.fields.map(messageOf).find(isObjectMessage));
  const listed = list?.output.fields.find((f) => f.fieldKind === "list" && f.message)?.message;
  const found = carried.find((message) => message !== undefined) ?? listed ?? get?.output;
  if (!found) throw new Error(`no call of ${kind} answers with an object`);
  return found;
}

const isObjectMessage = (message: DescMessage | undefined): boolean =>
  message !== undefined && !isLeaf(message) && !message.typeName.endsWith(".PaginationResponse");

function topLevel(definition: Definition): Map<string, DescField> {
  const inputs = new Map<string, DescField>();
  for (const method of createMethods(definition))
    for (const f of method.input.fields) inputs.set(definition.renamed?.[f.jsonName] ?? f.jsonName, f);
  for (const name of definition.updateOnly ?? []) inputs.set(name, mustHave(definition.update?.input, name));
  for (const [name, { method, field: name_ }] of Object.entries(definition.extra ?? {}))
    if (name_ !== undefined) inputs.set(name, mustHave(method.input, name_));
  for (const { fields } of ownMessages(definition)) for (const f of fields) inputs.set(f.jsonName, f);
  return inputs;
}

function mustHave(message: DescMessage | undefined, name: string): DescField {
  const found = message && field(message, name);
  if (!found) throw new Error(`${message?.typeName ?? "no message"} has no field ${name}`);
  return found;
}

/** Where the update request takes an input, and where the object shows it; what says which object it is never changes. */
function homesOf(
  { address = [], update, readAt }: Definition,
  resource: DescMessage,
  name: string,
  f: DescField,
): { readonly update?: Place | undefined; readonly remote?: Place | undefined } {
  const isAddressed = address.some((part) => part === name || part.startsWith(`${name}.`));
  const isFixed = isAddressed || name === "organizationId";
  const path = readAt?.[name]?.split(".");
  return {
    update: isFixed ? undefined : home(update?.input, name),
    // What an object does not say of its address is known from the id that it was asked for by.
    remote: path
      ? placeAt(resource, path)
      : (home(resource, name) ?? (isAddressed ? { path: [name], field: f } : undefined)),
  };
}

function placeAt(message: DescMessage, path: readonly string[]): Place | undefined {
  const found = fieldAt(message, path);
  return found && { path, field: found };
}

/** Finds a field by its name, else by the same name under `metadata`, else under `spec`. */
function home(message: DescMessage | undefined, name: string): Place | undefined {
  const places = [[name], ["metadata", name], ["spec", name]].map((path) => message && placeAt(message, path));
  return places.find((place) => place !== undefined);
}

interface Homes {
  readonly update?: Place | undefined;
  readonly remote?: Place | undefined;
  readonly notInputs: ReadonlySet<string>;
  /** Whether nothing creates the object, so that a message is taken whole only where the object shows the same. */
  readonly isAlwaysThere: boolean;
}

function unitsOf(path: readonly string[], f: DescField, homes: Homes): Unit[] {
  const name = pattern(path);
  if (homes.notInputs.has(name) || isDeprecated(f)) return [];
  const message = messageOf(f);
  const whole = [homes.update, ...(homes.isAlwaysThere ? [homes.remote] : [])];
  const takenWhole = whole.every((place) => place?.field.message?.typeName === message?.typeName);
  const isUnit = !message || isLeaf(message) || takenWhole || message.fields.length === 0 || isRecursive(message);
  if (!isUnit)
    return message.fields.flatMap((inner) =>
      unitsOf([...path, inner.jsonName], inner, {
        ...homes,
        update: below(homes.update, inner.jsonName),
        remote: below(homes.remote, inner.jsonName),
      }),
    );
  const wrapper = homes.update && wrapperOf(f, homes.update.field);
  return [
    {
      path,
      name,
      field: f,
      ...(homes.update && { update: { ...homes.update, ...(wrapper && { wrapper }) } }),
      ...(homes.remote && { remote: homes.remote.path, shown: homes.remote.field }),
    },
  ];
}

function below(place: Place | undefined, name: string): Place | undefined {
  const message = place && messageOf(place.field);
  const inner = message && field(message, name);
  return inner && { path: [...place.path, name], field: inner };
}

/** A list in create is a message with one list in update where the update can say "empty". */
const wrapperOf = (f: DescField, update: DescField): string | undefined =>
  f.fieldKind === "list" && update.fieldKind === "message" ? update.message.fields[0]?.jsonName : undefined;
