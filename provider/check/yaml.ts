import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Tags,
  visit,
} from "yaml";
import type { Json, Path, Step } from "../value/json";

/** Where something stands in a text; both begin with 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** What a text in YAML says. */
export interface Yaml {
  /** The value; missing where there are problems. */
  readonly value?: Json;
  readonly problems: readonly { readonly spot: Spot; readonly reason: string }[];
  /** Returns where a part of the value stands, or its name; of a part that is not there, what it is missing in. */
  readonly spotOf: (path: Path, isName?: boolean) => Spot;
}

/**
 * Reads a text in YAML 1.2, with merge keys; aliases that blow it up are refused. A scalar is the characters that stand
 * there, since only whoever knows what it is for can tell whether `1.10` is a number.
 */
export function readYaml(text: string): Yaml {
  const lines = new LineCounter();
  const options = { merge: true, prettyErrors: false, stringKeys: true, customTags: asWritten };
  const document = parseDocument(text, { lineCounter: lines, ...options });
  const spotAt = (offset: number): Spot => {
    const { line, col: column } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(column, 1) };
  };
  const problems = [...document.errors, ...document.warnings, ...danglingIn(document)].map(
    ({ pos: [offset], message }) => ({ spot: spotAt(offset), reason: message }),
  );
  const spotOf = (path: Path, isName = false): Spot => spotAt(offsetOf(document, path, isName));
  if (problems.length > 0) return { problems, spotOf };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as Json, problems, spotOf };
  } catch (error) {
    return { problems: [{ spot: spotOf([]), reason: (error as Error).message }], spotOf };
  }
}

const asWritten = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === "string" || !/:(int|float|bool)$/.test(tag.tag));

/** Aliases of what is not there before them, which the parser lets pass. */
function danglingIn(document: Document.Parsed): { pos: [number]; message: string }[] {
  const dangling: { pos: [number]; message: string }[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined)
        dangling.push({ pos: [startOf(alias) ?? 0], message: `there is no anchor &${alias.source} before this alias` });
    },
  });
  return dangling;
}

function offsetOf(document: Document.Parsed, path: Path, isName: boolean): number {
  let part: unknown = document.contents;
  let place: unknown = part;
  for (const [i, step] of path.entries()) {
    const entry = entryOf(isAlias(part) ? part.resolve(document) : part, step);
    if (entry === undefined) break;
    const isLast = i === path.length - 1;
    part = isPair(entry) ? entry.value : entry;
    // A collection begins with its first entry, often lines below the name that leads to it.
    const isBelow = isCollection(part) && part.flow !== true;
    place = isPair(entry) && (!isLast || isName || isBelow || !startOf(part)) ? entry.key : part;
  }
  return startOf(place) ?? 0;
}

function entryOf(value: unknown, step: Step): Pair | Node | undefined {
  if (isMap(value)) return value.items.find(({ key }) => isScalar(key) && String(key.value) === step);
  return isSeq<Node>(value) && typeof step === "number" ? value.items[step] : undefined;
}

const startOf = (node: unknown): number | undefined =>
  isScalar(node) || isCollection(node) || isAlias(node) ? node.range?.[0] : undefined;
