import { type Entry, type Expression, isUnstated, type Target, type Untold } from "./expression";
import type { Resource } from "./resource";
import { commented, indented, quoted } from "./text";

/** What a file is called, and which file declares what others have. */
export interface File {
  /** Its name, without an ending. */
  readonly name: string;
  readonly fileOf: (target: Target) => string;
}

/** Returns a file of a program in TypeScript that declares resources. */
export function fileInTypeScript(resources: readonly Resource[], protect: boolean, { name, fileOf }: File): string {
  const own = new Set(resources.map(({ variable }) => variable));
  const imported = new Map<string, Set<string>>();
  const variableFor = (target: Target): string => {
    const file = fileOf(target);
    if (file === name) return target.variable;
    const isTaken = own.has(target.variable);
    const word = isTaken ? `${target.variable} as ${target.variable}_there` : target.variable;
    imported.set(file, (imported.get(file) ?? new Set()).add(word));
    return isTaken ? `${target.variable}_there` : target.variable;
  };
  const declared = resources.map((resource) => resourceInTypeScript(resource, protect, variableFor));
  const hasSettings = resources.some(({ gaps }) => gaps.length > 0);
  return [
    ...(hasSettings ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    'import * as gitpod from "pulumi-gitpod";',
    ...[...imported]
      .sort()
      .map(([file, words]) => `import { ${[...words].sort().join(", ")} } from ${quoted(`./${file}`)};`),
    ...(hasSettings ? ["", "const config = new pulumi.Config();"] : []),
    ...declared.flatMap((lines) => ["", ...lines]),
    "",
  ].join("\n");
}

type VariableFor = (target: Target) => string;

function resourceInTypeScript(
  { name, variable, type, inputs }: Resource,
  protect: boolean,
  variableFor: VariableFor,
): string[] {
  const called = type.replace(/^gitpod:(index:)?/, "").replace(":", ".");
  const start = `export const ${variable} = new gitpod.${called}(${quoted(name)}, `;
  const end = protect ? ", { protect: true });" : ");";
  return valueIn(variableFor)(start, { is: "object", entries: inputs }, end, true);
}

/** What the type requires stands in the program whether or not its setting is set. */
const isForced = ({ isRequired }: Untold): boolean => isRequired;

const valueIn = (variableFor: VariableFor) => {
  const lines = (start: string, value: Expression, end: string, isLive: boolean): string[] => {
    switch (value.is) {
      case "reference":
        return [`${start}${variableFor(value.to)}.id${end}`];
      case "untold":
        return [`${start}${settingOf(value)}${end}`];
      case "literal":
        return literal(start, value.value, end, value.note);
      case "list":
        return enclosed(
          `${start}[`,
          value.items.flatMap((item) => lines("", item, ",", isLive)),
          `]${end}`,
        );
      case "object":
        return enclosed(
          `${start}{`,
          value.entries.flatMap((entry) => entryLines(entry, isLive)),
          `}${end}`,
        );
    }
  };
  const entryLines = ({ key, value }: Entry, isLive: boolean): string[] => {
    const start = `${keyOf(key)}: `;
    if (!isLive || !isUnstated(value, isForced)) return lines(start, value, ",", isLive);
    return commented(lines(start, value, ",", false), "//");
  };
  return lines;
};

/** On one line where they fit. */
function enclosed(open: string, inner: readonly string[], close: string): string[] {
  if (inner.length === 0) return [open + close];
  const isBraces = open.endsWith("{");
  const joined = inner.join(" ").replace(/,$/, "");
  const line = `${open}${isBraces ? ` ${joined} ` : joined}${close}`;
  const fits = line.length <= 100 && inner.every((each) => !each.startsWith("//") && each.endsWith(","));
  return fits ? [line] : [open, ...indented(inner), close];
}

const settingOf = ({ setting, holds, isRequired }: Untold): string =>
  `config.${holds === "text" ? "getSecret" : "getSecretObject"}(${quoted(setting)})${isRequired ? "!" : ""}`;

/** Text of several lines stands line by line. */
function literal(start: string, value: string | number | boolean | null, end: string, note?: string): string[] {
  const before = note === undefined ? [] : [`// ${note}`];
  if (typeof value !== "string") return [...before, `${start}${value}${end}`];
  const texts = value.split("\n");
  if (texts.length < 3) return [...before, `${start}${quoted(value)}${end}`];
  return [...before, `${start}[`, ...indented(texts.map((text) => `${quoted(text)},`)), `].join("\\n")${end}`];
}

/** A key that a literal would take for the prototype is computed. */
function keyOf(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
