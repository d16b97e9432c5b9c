import { show } from "../../provider/value/path";
import { plainLine } from "../../provider/value/plain-line";
import { clearPasswords } from "../clear-password";
import { count } from "../count";
import type { Inventory } from "../inventory";
import { titleOf } from "../read/kinds";
import type { Plan } from "./resource";

/** What the page says of the project. */
export interface Described {
  readonly name: string;
  readonly importFile: string;
  readonly protect: boolean;
  /** What comes before the import: a list of commands. */
  readonly before: readonly string[];
  /** What a person does with the new files of an addition: sentences. */
  readonly addition?: readonly string[];
}

/** Returns the page that says what was taken over, and what to run next. */
export function readme(inventory: Inventory, plan: Plan, described: Described): string {
  return [
    `# ${described.name}`,
    "",
    `What the organization ${code(inventory.organizationId)} has, as a Pulumi program: ${count(plan.resources.length, "resource")}.`,
    ...section("What to run next", next(described)),
    ...section("What no API gives back", secrets(plan)),
    ...section("Passwords in clear text", clear(inventory)),
    ...section("What was adopted", adopted(plan)),
    ...section("What is left out", leftOut(inventory)),
    ...section("What could not be read", unread(inventory)),
    "",
  ].join("\n");
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];

function next({ importFile, protect, before, addition = [] }: Described): string[] {
  const commands = [
    ...before,
    `pulumi import --file ${importFile} --yes --generate-code=false${protect ? "" : " --protect=false"}`,
    "pulumi preview --expect-no-changes",
  ];
  return [
    ...addition.flatMap((sentence) => [sentence, ""]),
    "```sh",
    ...commands,
    "```",
    "",
    protect
      ? "Nothing of this changes the account. Every resource is protected: a destroy refuses to delete it until its option `protect` is gone."
      : "Nothing of this changes the account. No resource is protected: a destroy deletes what the account has.",
  ];
}

function secrets({ resources }: Plan): string[] {
  const all = resources.flatMap(({ name, gaps }) => gaps.map(({ path, value }) => ({ name, path, ...value })));
  if (all.length === 0) return [];
  return [
    "No API gives these back, so the program does not state them, and they stay as they are. To have the program state one, set it, and use it where the program mentions the setting.",
    "",
    "```sh",
    ...all.map(({ setting, name, path, holds }) => {
      const value = holds === "structure" ? " '{ … }'" : "";
      return `pulumi config set --secret ${setting}${value} # ${show(path)} of ${name}`;
    }),
    "```",
  ];
}

const clear = (inventory: Inventory): string[] =>
  clearPasswords(inventory).map(
    (place) => `- ${plainLine(place)}: the program has the URL as it is on the platform, with the password.`,
  );

function adopted({ resources }: Plan): string[] {
  const counts = new Map<string, number>();
  for (const { object } of resources) {
    const kind = titleOf(object.definition);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const rows = [...counts].sort().map(([kind, number]) => `| ${kind} | ${number} |`);
  return rows.length === 0 ? ["Nothing."] : ["| kind | resources |", "| --- | --- |", ...rows];
}

const leftOut = ({ leftOut: all }: Inventory): string[] =>
  all.map(({ kind, id, name, reason }) => {
    const object = [name ? code(name) : undefined, id === undefined ? undefined : code(id)].filter((word) => word);
    return `- ${[kind, ...object].join(" ")}: ${plainLine(reason)}`;
  });

const unread = ({ unread: all }: Inventory): string[] =>
  all.map(
    ({ kind, scope, reason }) => `- ${kind}${scope === undefined ? "" : ` of ${code(scope)}`}: ${plainLine(reason)}`,
  );

/** A name as it is, whatever it has of Markdown. */
const code = (text: string): string => {
  const line = plainLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 ? " " : "";
  return fence + room + line + room + fence;
};
