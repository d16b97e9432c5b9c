import type { DescField, DescMessage } from "@bufbuild/protobuf";
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

  /** Returns the named types of the inputs of a kind. */
  ofKind({ file, definition }: Kind): Parts {
    const { inputs, notInputs } = factsOf(definition);
    return this.below([...inputs], file, (path) => !notInputs.has(path));
  }

  /** Returns the named types of the arguments of a function. */
  ofRequest(request: DescMessage, file: string): Parts {
    const shown = request.fields.filter((f) => f.jsonName !== "pagination");
    return this.below(
      shown.map((f) => [f.jsonName, f]),
      file,
      () => true,
    );
  }

  private below(
    fields: readonly (readonly [string, DescField])[],
    file: string,
    isShown: (path: string) => boolean,
  ): Parts {
    const names = new Map<string, string>();
    const own: Part[] = [];
    const others = new Map<string, string>();
    const visit = (path: string, f: DescField): void => {
      if (f.deprecated || !f.message || isLeaf(f.message) || !isShown(path)) return;
      const place = f.fieldKind === "message" ? path : `${path}[]`;
      const name = `${messageName(f.message, new Set(this.kinds.map(({ definition }) => definition.kind)))}Args`;
      const isSeen = [...names.values()].includes(name);
      names.set(place, name);
      const owner = this.files.get(name) ?? file;
      this.files.set(name, owner);
      if (owner !== file) others.set(name, owner);
      if (owner !== file || isSeen || own.some((part) => part.name === name)) return;
      own.push({ name, path: place, comment: this.comments.get(f.message.typeName) ?? `What \`${path}\` takes.` });
      for (const inner of f.message.fields) visit(`${place}.${inner.jsonName}`, inner);
    };
    for (const [name, f] of fields) visit(name, f);
    return { names, own, others };
  }
}
