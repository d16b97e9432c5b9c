import type { Path, Step } from "./json";

/** Splits a dotted path of a definition into its steps: names, and `[]` for every element of a list. */
export const steps = (dotted: string): string[] => dotted.replaceAll("[]", ".[]").split(".");

/** Says in words what the last step of a dotted path leads to, such as `automations file`, or `secret` for `secrets[]`. */
export function spoken(dotted: string): string {
  const [name, isList] = dotted.endsWith("[]") ? [dotted.slice(0, -2), true] : [dotted, false];
  const last = name.slice(name.lastIndexOf(".") + 1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return isList ? last.replace(/s$/, "") : last;
}

/** Prints a path for people, such as `spec.ports[0].port` or `metadata.annotations["a.b"]`. */
export function show(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Turns a path into the form that definitions use: without the indexes, `[]` in their place. */
export function pattern(path: Path): string {
  return path.map((step, i) => (typeof step === "number" ? "[]" : i === 0 ? step : `.${step}`)).join("");
}

/** Whether one path leads to the other or beyond it. */
export const startsWith = (path: Path, prefix: Path): boolean =>
  prefix.length <= path.length && prefix.every((step: Step, i) => step === path[i]);
