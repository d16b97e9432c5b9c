import { runInNewContext } from "node:vm";

/** What expressions of a workflow may name. */
export type Contexts = Record<string, unknown>;

const whole = /^\$\{\{(.*)\}\}$/s;
const part = /\$\{\{(.*?)\}\}/gs;

/**
 * Returns the value of an expression of GitHub's. Those that the recipes use mean the same in JavaScript, except that
 * a property of nothing is an error here.
 */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const functions = { fromJSON: (text: string): unknown => JSON.parse(text) };
  return runInNewContext(whole.exec(expression.trim())?.[1] ?? expression, { ...functions, ...contexts });
}

/** Puts the values of expressions into a text, or returns the value of its only one. */
export function filled(text: string, contexts: Contexts): unknown {
  if (text.match(part)?.[0] === text) return evaluate(text, contexts);
  return text.replace(part, (_, expression: string) => textOf(evaluate(expression, contexts)));
}

/** Puts values into each text of an object. */
export const filledIn = (texts: Record<string, unknown>, contexts: Contexts): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textOf(filled(String(text), contexts))]));

const textOf = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
