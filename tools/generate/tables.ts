import type { FunctionDefinition } from "../../provider/functions/define-function";
import type { Definition } from "../../provider/model/definition";
import { restingPhases } from "../../provider/model/phase";
import { factsOf } from "../../provider/model/shape";
import { badges } from "./badges";
import { commentOf, paragraphsOf } from "./comment";
import type { GeneratedFile } from "./file";
import { inProgram, type Kind, loadFunctions } from "./kinds";
import { table, withTexts } from "./table";
import { listed, replacementOf, timeoutsOf } from "./words";

/** Writes what documents say of the package, and of all kinds and functions. */
export const tables = (all: readonly Kind[]): GeneratedFile[] => [
  withTexts("README.md", {
    badges: badges(require("../../package.json")),
    kinds: kinds(all),
    functions: functions(),
    timeouts: timeouts(all),
  }),
];

function kinds(all: readonly Kind[]): string {
  return table([
    ["kind", "what it is", "required", "optional", "`up` returns when", "replacement"],
    ...all.map(({ file, name, definition }) => [
      `[\`${inProgram(definition.module, definition.kind)}\`](examples/${file}/index.ts)`,
      unlinked(paragraphsOf(commentOf(`provider/resources/${file}.ts`, name).text)[0]!).replace(/\.$/, ""),
      ...inputsOf(definition),
      endOf(definition),
      replacementOf(definition).replace(/\.$/, ""),
    ]),
  ]);
}

/** Links of comments lead to classes, which documents name. */
const unlinked = (text: string): string => text.replace(/\{@link (\w+)\}/g, "`$1`");

/** The inputs that have to be set, and the others, but for what every kind takes. */
function inputsOf(definition: Definition): string[] {
  const { inputs, units } = factsOf(definition);
  const common = units.filter(({ once }) => once).map(({ name }) => name);
  const names = [...inputs].filter(([name, f]) => !f.deprecated && !common.includes(name)).map(([name]) => name);
  const isRequired = (name: string): boolean =>
    (definition.required ?? []).some((path) => (path === name || path.startsWith(`${name}.`)) && !path.includes("[]"));
  return [names.filter(isRequired), names.filter((name) => !isRequired(name))].map(quoted);
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function endOf(definition: Definition): string {
  const phases = restingPhases(definition);
  const shared = phases[0]?.slice(0, phases[0].indexOf("_PHASE_") + "_PHASE_".length).length ?? 0;
  const [first, ...others] = phases.map((phase) => phase.slice(shared));
  if (first === undefined) return "it exists";
  return `its phase is ${first}${others.map((other) => `, or ${other} if that is set`).join("")}`;
}

function functions(): string {
  const all = loadFunctions();
  const of = (start: string): string => listed(all.filter(({ name }) => name.startsWith(start)).map(shown), "and");
  const others = all.filter(({ name }) => !/^(get|list)/.test(name)).map(shown);
  return `${[
    `- one object: ${of("get")};`,
    `- all pages of a list, by the API's filters and orders: ${of("list")};`,
    `- other calls, which a preview does not make: ${listed(others, "and")}.`,
  ].join("\n")}\n`;
}

const shown = ({ module, name }: FunctionDefinition): string => inProgram(module, name);

/** One row for all kinds with the same timeouts. */
function timeouts(all: readonly Kind[]): string {
  const rows = new Map<string, Kind[]>();
  for (const kind of all) {
    const key = wordsOf(kind.definition).join();
    rows.set(key, [...(rows.get(key) ?? []), kind]);
  }
  return table([
    ["kind", "create", "update", "delete"],
    ...[...rows.values()].map((same) => [
      quoted(same.map(({ definition: { module, kind } }) => inProgram(module, kind))),
      ...wordsOf(same[0]!.definition),
    ]),
  ]);
}

const wordsOf = (definition: Definition): string[] => Object.values(timeoutsOf(definition));
