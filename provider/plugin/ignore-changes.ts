import type { Path, Step } from "../value/json";

/** Tells which paths the resource option `ignoreChanges` covers, such as `spec.env[0].value`, `spec["a.b"]` or `*`. */
export function ignoring(patterns: readonly string[]): (path: Path) => boolean {
  const parsed = patterns.map(stepsOf);
  return (path) => parsed.some((pattern) => covers(pattern, path));
}

const covers = (pattern: Path, path: Path): boolean =>
  pattern.length <= path.length && pattern.every((step, i) => step === "*" || step === path[i]);

const stepsOf = (pattern: string): Step[] =>
  [...pattern.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
    if (index !== undefined) return index === "*" ? index : Number(index);
    return name ?? "";
  });
