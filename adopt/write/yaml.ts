import { Scalar, stringify } from "yaml";
import { type Entry, type Expression, isUnstated } from "./expression";
import type { Group, Resource } from "./resource";
import { commented, hasUnseen, indented, quoted } from "./text";

/** Returns the entries of `resources` for a program in YAML. */
export const resourcesInYaml = (groups: readonly Group[], protect: boolean): string[] =>
  groups.flatMap(({ title, resources }, i) => [
    ...(i === 0 ? [] : [""]),
    `# ${title}`,
    ...resources.flatMap((resource) => resourceInYaml(resource, protect)),
  ]);

const resourceInYaml = ({ name, type, inputs }: Resource, protect: boolean): string[] => [
  `${plain(name)}:`,
  ...indented([
    `type: ${type.replace(/^gitpod:index:/, "gitpod:")}`,
    ...(inputs.length === 0 ? [] : block("properties:", inputs, true)),
    ...(protect ? ["options:", "  protect: true"] : []),
  ]),
];

/** Writes entries behind the line that begins them; those that nobody states are comments, if they stand among others. */
function block(start: string, entries: readonly Entry[], isLive: boolean): string[] {
  const isEmpty = isLive && entries.every(({ value }) => isUnstated(value));
  const lines = entries.flatMap((entry) => entryInYaml(entry, isLive));
  return [isEmpty ? `${start} {}` : start, ...indented(lines)];
}

/** Pulumi's YAML insists on what the schema requires; an empty text there changes nothing of an imported object. */
function entryInYaml({ key, value }: Entry, isLive: boolean): string[] {
  const start = `${plain(escaped(key))}:`;
  if (!isLive || !isUnstated(value)) return valueInYaml(start, value, isLive);
  const asComment = commented(valueInYaml(start, value, false), "#");
  return value.is === "untold" && value.isRequired
    ? [`${start} "" # or \${${value.setting}}, once that is set`]
    : asComment;
}

function valueInYaml(start: string, value: Expression, isLive: boolean): string[] {
  switch (value.is) {
    case "reference":
      return [`${start} \${${accessed(value.to.name)}.id}`];
    case "untold":
      return [`${start} \${${value.setting}}`];
    case "literal":
      return literal(start, value.value, value.note);
    case "list":
      return value.items.length === 0
        ? [`${start} []`]
        : [start, ...indented(value.items.flatMap((item) => itemInYaml(item, isLive)))];
    case "object":
      return value.entries.length === 0 ? [`${start} {}`] : block(start, value.entries, isLive);
  }
}

function itemInYaml(item: Expression, isLive: boolean): string[] {
  if (item.is !== "object" || item.entries.length === 0) return valueInYaml("-", item, isLive);
  // A comment before the first entry would not stand behind the dash.
  const told = item.entries.filter(({ value }) => !isLive || !isUnstated(value));
  const [first = "{}", ...others] = [...told, ...item.entries.filter((each) => !told.includes(each))].flatMap((each) =>
    entryInYaml(each, isLive),
  );
  return told.length === 0 ? ["- {}", ...indented([first, ...others])] : [`- ${first}`, ...indented(others)];
}

function literal(start: string, value: string | number | boolean | null, note: string | undefined): string[] {
  const comment = note === undefined ? "" : `  # ${note}`;
  if (typeof value !== "string") return [`${start} ${value}${comment}`];
  const text = escaped(value);
  if (!isBlock(text)) return [`${start} ${plain(text)}${comment}`];
  const scalar = new Scalar(text);
  scalar.type = "BLOCK_LITERAL";
  const [first = "", ...lines] = stringify({ _: scalar }, { lineWidth: 0 }).replace(/\n$/, "").split("\n");
  return [`${start}${first.slice(2)}`, ...lines];
}

/** Whether a text has several lines and needs no escapes; one that ends in empty lines would take those that follow. */
const isBlock = (text: string): boolean =>
  /\S.*\n/.test(text) && !hasUnseen(text.replaceAll(/(?<=\S)\t/g, "")) && !/\n\s+$/.test(text) && !/^\s/.test(text);

/** Writes a text of one line, without quotes where no reader of YAML takes it for anything else. */
export const plain = (text: string): string => (isPlain.test(text) && !isWord.test(text) ? text : quoted(text));

const isPlain = /^[\p{L}_/](?:[\p{L}\p{M}\p{N}_./()@+,=&?!'$<>~*%-]|:(?=[^\s:])| (?=[^\s#]))*$/u;
const isWord = /^(true|false|yes|no|on|off|y|n|null)$/i;

/** Pulumi's YAML reads `${` as the begin of an expression, and two dollars as one. */
const escaped = (text: string): string => text.replaceAll(/\$(?=[${])/g, "$$$$");

const accessed = (name: string): string => (/[.[\]}]/.test(name) ? `["${name.replaceAll('"', '\\"')}"]` : name);
