import { parseArgs } from "node:util";
import { cases } from "./case";
import { kinds } from "./kinds";
import type { Case, Options } from "./result";

/** How the command is used. */
export const usage =
  (): string => `Usage: npm run bench [-- --only CASE --size N --latency MS --kind KIND --subjects X --runs N --all]

Measures the provider beside floors that do nothing, prints tables, and writes bench/RESULTS.md.

  --only CASE    one case; may be given several times; writes no file
${cases.map(({ name, about }) => `                   ${name.padEnd(13)} ${about}`).join("\n")}
  --size N       other numbers of objects than those of the default run (scale); writes no file
  --latency MS   another latency of the API (scale); writes no file
  --kind KIND    another kind than Project (scale): ${Object.keys(kinds).join(", ")}; writes no file
  --subjects X   only those whose name matches, such as "dynamic" (scale); writes no file
  --runs N       rounds of each measurement; 9 when left out
  --all          every operation at every size and latency: hours
  --help         show this text

Peers take part where environment variables name them: see bench/README.md.
`;

/** What the command was told. */
export interface Order extends Omit<Options, "floors" | "say"> {
  readonly cases: readonly Case[];
  /** Whether it is a whole run, whose report is kept. */
  readonly isWhole: boolean;
}

/** Reads the arguments; undefined where help is wanted. */
export function readOrder(args: string[]): Order | undefined {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", multiple: true },
      size: { type: "string" },
      latency: { type: "string" },
      kind: { type: "string" },
      subjects: { type: "string" },
      runs: { type: "string", default: "9" },
      all: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const { only, size, latency, kind, subjects } = values;
  if (kind !== undefined && !(kind in kinds))
    throw new Error(`--kind ${kind}: one of ${Object.keys(kinds).join(", ")}`);
  return {
    cases: only ? only.map(caseOf) : cases,
    isWhole: [only, size, latency, kind, subjects].every((value) => value === undefined),
    runs: number("--runs", values.runs, 1),
    all: values.all,
    ...(size !== undefined && { size: number("--size", size, 1) }),
    ...(latency !== undefined && { latency: number("--latency", latency, 0) }),
    ...(kind !== undefined && { kind }),
    ...(subjects !== undefined && { subjects }),
  };
}

function caseOf(name: string): Case {
  const found = cases.find((each) => each.name === name);
  if (!found) throw new Error(`--only ${name}: one of ${cases.map((each) => each.name).join(", ")}`);
  return found;
}

function number(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`${option} ${text}: a number from ${least} on`);
  return value;
}
