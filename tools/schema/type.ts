import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { isLeaf } from "../../provider/model/descriptor";
import { type Module, qualified, tokenOf } from "../../provider/model/module";
import type { Comments } from "./comments";

/** The part of Pulumi's package schema that says what a value is. */
export interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
}

/** A property of a resource, a function or an object. */
export interface PropertySpec extends TypeSpec {
  description?: string;
  secret?: true;
  willReplaceOnChanges?: true;
  deprecationMessage?: string;
}

/** A named object or enum. */
export interface NamedSpec {
  description?: string;
  type: "object" | "string";
  properties?: Record<string, PropertySpec>;
  required?: string[];
  enum?: { name: string; value: string; description?: string; deprecationMessage?: string }[];
}

/** How the messages below one resource or function are shown. Paths are dotted, `[]` steps into a list or a map. */
export interface Role {
  /** What is appended to the name of a message that others show in another way. */
  readonly suffix: string;
  readonly isShown: (path: string, f: DescField) => boolean;
  readonly isRequired: (path: string) => boolean;
  readonly replaces: (path: string) => boolean;
  readonly isSecret: (path: string) => boolean;
}

/** The named types of a module of the package, as they are found. */
export class Types {
  readonly named: Record<string, NamedSpec> = {};

  /** No type has the name of one of the resources. */
  constructor(
    private readonly comments: Comments,
    private readonly resources: ReadonlySet<string>,
    private readonly module: Module | undefined,
  ) {}

  /** Describes a field where it stands. */
  property(f: DescField, path: readonly string[], role: Role): PropertySpec {
    const name = path.join(".");
    const description = this.comments.get(`${f.parent.typeName}.${f.name}`);
    return {
      ...this.typeOf(f, path, role),
      ...(description && { description }),
      ...(role.isSecret(name) && { secret: true as const }),
      ...(role.replaces(name) && { willReplaceOnChanges: true as const }),
    };
  }

  /** Describes the fields of a message. */
  properties(message: DescMessage, path: readonly string[], role: Role): Pick<NamedSpec, "properties" | "required"> {
    return this.propertiesOf(message.fields, path, role);
  }

  /** Describes fields that need not be of one message. */
  propertiesOf(
    fields: readonly DescField[],
    path: readonly string[],
    role: Role,
  ): Pick<NamedSpec, "properties" | "required"> {
    const shown = fields.filter((f) => !f.deprecated && role.isShown([...path, f.jsonName].join("."), f));
    const required = shown.map((f) => f.jsonName).filter((name) => role.isRequired([...path, name].join(".")));
    return {
      properties: Object.fromEntries(shown.map((f) => [f.jsonName, this.property(f, [...path, f.jsonName], role)])),
      ...(required.length > 0 && { required }),
    };
  }

  private typeOf(f: DescField, path: readonly string[], role: Role): TypeSpec {
    if (f.fieldKind === "list") return { type: "array", items: this.single(f, inside(path), role) };
    if (f.fieldKind === "map") return { type: "object", additionalProperties: this.single(f, inside(path), role) };
    return this.single(f, path, role);
  }

  private single(f: DescField, path: readonly string[], role: Role): TypeSpec {
    if (f.enum) return { $ref: this.refToEnum(f.enum) };
    if (f.message) return isLeaf(f.message) ? leafType(f.message) : { $ref: this.refToMessage(f.message, path, role) };
    return { type: scalarType(f.scalar) };
  }

  private refToMessage(message: DescMessage, path: readonly string[], role: Role): string {
    const name = suffixed(message, messageName(message, this.resources), role.suffix);
    const token = tokenOf(qualified(this.module, name));
    const seen = this.open.get(token);
    if (seen) return `#/types/${token}`;
    this.open.set(token, message);
    const description = this.comments.get(message.typeName);
    const spec: NamedSpec = {
      ...(description && { description }),
      type: "object",
      ...this.properties(message, path, role),
    };
    this.open.delete(token);
    const known = this.named[token];
    this.named[token] = known ? agreed(token, known, spec) : spec;
    return `#/types/${token}`;
  }

  /** The messages that are being described, which may contain themselves. */
  private readonly open = new Map<string, DescMessage>();

  private refToEnum(each: DescEnum): string {
    const token = tokenOf(qualified(this.module, nameOf(each)));
    this.named[token] ??= this.enumSpec(each);
    return `#/types/${token}`;
  }

  private enumSpec(each: DescEnum): NamedSpec {
    const prefix = sharedPrefix(each.values.map(({ name }) => name));
    const description = this.comments.get(each.typeName);
    return {
      ...(description && { description }),
      type: "string",
      enum: each.values.map((value) => {
        const said = this.comments.get(`${each.typeName}.${value.name}`);
        return {
          name: pascal(value.name.slice(prefix.length)),
          value: value.name,
          ...(said && { description: said }),
          ...(value.deprecated && { deprecationMessage: "The API has given it up." }),
        };
      }),
    };
  }
}

/** Returns the public name of a message, which is no name of a resource. */
export function messageName(message: DescMessage, resources: ReadonlySet<string>): string {
  const name = nameOf(message);
  return resources.has(name) ? `${name}Content` : name;
}

/** Appends a suffix to the public name of a message, which is then no name of an enum. */
function suffixed({ file }: DescMessage, name: string, suffix: string): string {
  const isTaken = [...nestedTypes(file)].some((each) => each.kind === "enum" && nameOf(each) === name + suffix);
  return `${name}${isTaken ? "Content" : ""}${suffix}`;
}

/** What two places say about the same message; it replaces on change, and a field is required, only where both say so. */
function agreed(token: string, one: NamedSpec, other: NamedSpec): NamedSpec {
  const bare = (spec: NamedSpec) =>
    JSON.stringify({ ...spec, required: undefined }, (key, part) => (key === mark ? undefined : part));
  if (bare(one) !== bare(other)) throw new Error(`${token} is not the same everywhere: ${bare(one)}, ${bare(other)}`);
  const properties = Object.entries(one.properties ?? {}).map(([name, { [mark]: marked, ...property }]) => {
    const isMarked = marked && other.properties?.[name]?.[mark];
    return [name, { ...property, ...(isMarked && { [mark]: isMarked }) }];
  });
  const required = one.required?.filter((name) => other.required?.includes(name)) ?? [];
  const { required: _, ...rest } = one;
  return { ...rest, properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
}

const mark = "willReplaceOnChanges";

/** An entry of a list or a map. */
const inside = (path: readonly string[]): string[] => [...path.slice(0, -1), `${path.at(-1)}[]`];

/** `gitpod.v1.EnvironmentStatus.Machine` becomes `EnvironmentStatusMachine`. */
const nameOf = ({ typeName, file }: DescMessage | DescEnum): string =>
  typeName.slice(file.proto.package.length + 1).replaceAll(".", "");

function scalarType(scalar: ScalarType | undefined): string {
  if (scalar === ScalarType.BOOL) return "boolean";
  if (scalar === ScalarType.FLOAT || scalar === ScalarType.DOUBLE) return "number";
  const small = [ScalarType.INT32, ScalarType.UINT32, ScalarType.SINT32, ScalarType.FIXED32, ScalarType.SFIXED32];
  // Larger integers are strings in proto-JSON.
  return scalar !== undefined && small.includes(scalar) ? "integer" : "string";
}

function leafType({ typeName }: DescMessage): TypeSpec {
  if (["google.protobuf.Duration", "google.protobuf.Timestamp", "google.protobuf.FieldMask"].includes(typeName))
    return { type: "string" };
  return { $ref: "pulumi.json#/Any" };
}

function sharedPrefix([first = "", ...others]: readonly string[]): string {
  let end = first.lastIndexOf("_") + 1;
  while (end > 0 && !others.every((name) => name.startsWith(first.slice(0, end)))) {
    end = first.lastIndexOf("_", end - 2) + 1;
  }
  return first.slice(0, end);
}

const pascal = (name: string): string =>
  name.toLowerCase().replaceAll(/(^|_)([a-z0-9])/g, (_, _separator, letter: string) => letter.toUpperCase());
