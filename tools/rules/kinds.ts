import ts from "typescript";
import type { SourceFile } from "./source-files";

/** What the definitions of the kinds name. */
export interface Names {
  /** Kinds, such as `TaskExecution`. */
  readonly kinds: readonly string[];
  /** Phases of objects and of their parts, such as `SERVICE_PHASE_RUNNING`. */
  readonly phases: readonly string[];
  /** Files of descriptors, such as `gitpod/v1/group`. */
  readonly protos: readonly string[];
}

/** One line for each name of a kind, of its descriptors or of a phase that a file of the core has in its code. */
export const kindBreaches = (files: readonly SourceFile[], names: Names): string[] =>
  files.filter(({ path }) => isCore(path)).flatMap((file) => breachesOf(file, names));

/**
 * Where kinds and functions are defined, where they are registered, what is particular to each API, and the details that
 * errors of any call carry.
 */
const outside = [
  "provider/resources/",
  "provider/functions/",
  "provider/client/api.ts",
  "provider/client/error/details.ts",
];

const isCore = (path: string): boolean =>
  path.startsWith("provider/") && path.endsWith(".ts") && !outside.some((each) => path.startsWith(each));

/** Kinds whose names the core needs for something else: a secret of Pulumi, a service of gRPC, a group of anything. */
const homonyms = ["group", "secret", "service"];

/** The kind that the core may name, since every token acts in one. */
const tenant = "organization";

function breachesOf({ path, text }: SourceFile, { kinds, phases, protos }: Names): string[] {
  const kindWords = kinds.map(wordsIn).filter((words) => words.join(" ") !== tenant);
  const shortPhases = new Set(phases.map((phase) => phase.replace(/^([A-Z]+_)*PHASE_/, "")));
  return textsIn(path, text).flatMap((said) => {
    const found =
      protos.find((proto) => said.endsWith(`gen/${proto}_pb`)) ??
      (said.match(/\b[A-Z]+(_[A-Z]+)*\b/g) ?? []).find((word) => word.includes("_PHASE_") || shortPhases.has(word)) ??
      kindWords.find((words) => isNamed(words, wordsIn(said)))?.join(" ");
    return found === undefined
      ? []
      : [`${path} names ${found} in ${said}: the core knows no kind, a definition says it`];
  });
}

/** Whether a kind is named; one with a common name only together with what makes it the kind's. */
function isNamed(kind: readonly string[], words: readonly string[]): boolean {
  const last = kind.length - 1;
  return words.some((_, i) => {
    const isThere = kind.every((word, n) => words[i + n] === word || (n === last && words[i + n] === `${word}s`));
    const next = words[i + kind.length] ?? "";
    return isThere && (!homonyms.includes(kind.join(" ")) || ["id", "ids", "phase"].includes(next));
  });
}

/** Variables of the process are no environments. */
const wordsIn = (said: string): string[] =>
  (said.replace(/environment variable/gi, "").match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) =>
    word.toLowerCase(),
  );

/** Returns the names and texts in the code of a file, without comments. */
function textsIn(path: string, text: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    if (ts.isTemplateHead(node) || ts.isRegularExpressionLiteral(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return texts;
}
