import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence as Presence, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { SubjectSchema } from "../proto/gen/gitpod/v1/identity_pb";
import type { Caller } from "./caller";

/**
 * Puts what a request says into an object: each field goes to the one of its name, at the top or under `metadata` or
 * `spec`. A message of the object's own type is taken whole, one of another type says which of the fields change. What
 * a request can leave out stays; an empty list or map cannot be told from one that was left out, so it stays, too.
 */
export function put(object: ReflectMessage, request: ReflectMessage): void {
  for (const field of request.fields) {
    const home = homeOf(object, field);
    if (home === undefined || !(request.isSet(field) || isPlain(field))) {
      continue;
    }
    const { part, field: own } = home;
    if (own.fieldKind !== "message" || own.message.typeName === field.message?.typeName) {
      part.set(own, request.get(field));
    } else {
      const inside = part.get(own);
      put(inside, reflectOf(request, field));
      part.set(own, inside);
    }
  }
}

/** Fills what only the server says of a new object: its id, organization, creator and times, where it has them. */
export function stampNew(object: ReflectMessage, id: string, caller: Caller, now: Timestamp): void {
  const { id: creatorId, principal, organizationId } = caller;
  const creator = reflect(SubjectSchema);
  creator.set(SubjectSchema.field.id, creatorId);
  creator.set(SubjectSchema.field.principal, principal);
  fill(object, { id, organizationId, creatorId, creator, createdAt: reflect(TimestampSchema, now) });
  stampChanged(object, now);
}

/** Says when an object last changed, where it has that. */
export function stampChanged(object: ReflectMessage, now: Timestamp): void {
  fill(object, { updatedAt: reflect(TimestampSchema, now) });
}

/** Whether a text is part of one of the names, whatever the case. */
export function mentions(search: string | undefined, ...names: string[]): boolean {
  const wanted = (search ?? "").toLowerCase();
  return names.some((name) => name.toLowerCase().includes(wanted));
}

/** The value of a string field of a message; undefined where it has none of that name or it is empty. */
export function textIn(desc: DescMessage, message: Message, name: string): string | undefined {
  const field = desc.field[name];
  const value = field?.fieldKind === "scalar" ? reflect(desc, message).get(field) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fill(object: ReflectMessage, values: Record<string, unknown>): void {
  for (const part of [object, ...partsOf(object, ["metadata"])]) {
    for (const [name, value] of Object.entries(values)) {
      const field = part.desc.field[name];
      if (field !== undefined) {
        part.set(field, value);
      }
    }
  }
}

function homeOf(object: ReflectMessage, { localName, fieldKind }: DescField) {
  for (const part of [object, ...partsOf(object, ["metadata", "spec"])]) {
    const field = part.desc.field[localName];
    if (field?.fieldKind === fieldKind) {
      return { part, field };
    }
  }
  return undefined;
}

function partsOf(object: ReflectMessage, names: readonly string[]): ReflectMessage[] {
  return names.flatMap((name) => {
    const field = object.desc.field[name];
    return field?.fieldKind === "message" && object.isSet(field) ? object.get(field) : [];
  });
}

function reflectOf(message: ReflectMessage, field: DescField): ReflectMessage {
  if (field.fieldKind !== "message") {
    throw new Error(`${field.name} is no message`);
  }
  return message.get(field);
}

/** Whether a request cannot leave a field out, so that its zero is what it says. */
function isPlain({ fieldKind, presence }: DescField): boolean {
  return (fieldKind === "scalar" || fieldKind === "enum") && presence === Presence.IMPLICIT;
}
