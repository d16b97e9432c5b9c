import { parse as parseNow, plan as planNow } from "@bufbuild/cel";
import { lazily } from "../value/lazily";

// What protovalidate gets in the plugin in place of the CEL library (tools/build-plugin.ts). With the first message it
// compiles every rule of every standard type in it, a hundred for a project, two of which are ever asked: a tenth of a
// second of each command. Here a rule is compiled when it is asked for the first time.
export * from "@bufbuild/cel";

type Surroundings = Parameters<typeof planNow>[0];
type Plan = ReturnType<typeof planNow>;

/** Keeps the text of a rule. */
export const parse = (rule: string): string => rule;

/** Returns what evaluates a rule. */
export function plan(surroundings: Surroundings, rule: string): Plan {
  const planned = lazily(() => planNow(surroundings, parseNow(rule)));
  return (bindings) => planned()(bindings);
}
