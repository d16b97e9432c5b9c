import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import { isLeaf } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import type { Comments } from "../schema/comments";
import { messageName } from "../schema/type";
import type { Kind } from "./kinds";

/** A type of arguments that has a name: that of a message. */
export interface Part {
  readonly name: string;
  /** The first path at which the message is found. */
  readonly path: string;
  readonly comment: string;
  /** The fields that the API has given up, as a type, where the arguments do not leave them out by themselves. */
  readonly removed: readonly string[];
}

/** The named types below some arguments. */
export interface Parts {
  /** The name at every path. */
  readonly names: ReadonlyMap<string, string>;
  /** Those that are declared beside these arguments, since nobody has declared them before. */
  readonly own: readonly Part[];
  /** Those that are declared in another file, by the name of that file. */
  readonly others: ReadonlyMap<string, string>;
}

/** Gives every message a name, and to the file that meets it first, its declaration. */
export class Names {
  private readonly files = new Map<string, string>();

  /** Names of kinds belong to their arguments. */
  constructor(
    private readonly kinds: readonly Kind[],
    private readonly comments: Comments,
  ) {}

  /** Returns the named types of the inputs of a kind, whose definition says what the API has given up. */
  ofKind({ file, definition }: Kind): Parts {
    const { inputs, notInputs } = factsOf(definition);
    return this.below([...inputs], file, (path) => !notInputs.has(path)).parts;
  }

  /** Returns the named types of the arguments of a function. */
  ofRequest({ method, hidden = [] }: FunctionDefinition, file: string): Parts {
    const shown = method.input.fields.filter((f) => !["pagination", ...hidden].includes(f.jsonName));
    const fields = shown.map((f) => [f.jsonName, f] as const);
    const { parts, messages } = this.below(fields, file, () => true);
    const removedOf = (name: string): string[] => {
      const names = messages.get(name)!.fields.flatMap((f) => (f.deprecated ? [`"${f.jsonName}"`] : []));
      return names.length > 0 ? [names.join(" | ")] : [];
    };
    return { ...parts, own: parts.own.map((part) => ({ ...part, removed: removedOf(part.name) })) };
  }

  private below(
    fields: readonly (readonly [string, DescField])[],
    file: string,
    isShown: (path: string) => boolean,
  ): { readonly parts: Parts; readonly messages: ReadonlyMap<string, DescMessage> } {
    const names = new Map<string, string>();
    const own: Part[] = [];
    const others = new Map<string, string>();
    const messages = new Map<string, DescMessage>();
    const visit = (path: string, f: DescField): void => {
      if (f.deprecated || !f.message || isLeaf(f.message) || !isShown(path)) return;
      const place = f.fieldKind === "message" ? path : `${path}[]`;
      const name = `${messageName(f.message, new Set(this.kinds.map(({ definition }) => definition.kind)))}Args`;
      names.set(place, name);
      messages.set(name, f.message);
      const owner = this.files.get(name);
      if (owner !== undefined && owner !== file) others.set(name, owner);
      if (owner !== undefined) return;
      this.files.set(name, file);
      const comment = this.comments.get(f.message.typeName) ?? `What \`${path}\` takes.`;
      own.push({ name, path: place, comment, removed: [] });
      for (const inner of f.message.fields) visit(`${place}.${inner.jsonName}`, inner);
    };
    for (const [name, f] of fields) visit(name, f);
    return { parts: { names, own, others }, messages };
  }
}
