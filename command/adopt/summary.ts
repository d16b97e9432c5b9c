import { clearPasswords } from "../../adopt/clear-password";
import { count } from "../../adopt/count";
import type { Adoptable, Inventory } from "../../adopt/inventory";
import { titleOf } from "../../adopt/read/kinds";
import type { ImportFile } from "../../adopt/write/import-file";
import { kindName, tokenOf } from "../../provider/model/module";
import { plainLine } from "../../provider/value/plain-line";

/** What became of an account. */
export interface Outcome {
  /** The folder of the project, as an absolute path. */
  readonly folder: string;
  readonly inventory: Inventory;
  /** What was written, or would have been. */
  readonly files: ReadonlyMap<string, string>;
  readonly dryRun: boolean;
}

/** Says what was written, what is missing and what to do next. */
export function summary(outcome: Outcome): string {
  const { folder, inventory, files, dryRun } = outcome;
  const objects = resourcesOf(outcome);
  const kinds = new Set(objects.map(({ kind }) => kind)).size;
  const rest = [...files.keys()].find((file) => /^README.*\.md$/.test(file));
  const more = dryRun || rest === undefined ? "in what --json prints" : `in ${rest}`;
  const lines = [
    files.size === 0
      ? `The organization ${inventory.organizationId} has nothing that is not in ${folder} already.`
      : `The organization ${inventory.organizationId} has ${count(objects.length, "object")} of ${count(kinds, "kind")} to take over.`,
    ...(files.size === 0
      ? []
      : [`${dryRun ? "Would be written" : "Written"} to ${folder}: ${[...files.keys()].sort().join(", ")}.`]),
    ...listed("Have a password in clear text in a URL", clearPasswords(inventory), more),
    ...listed("Left out", grouped(inventory.leftOut), more),
    ...listed("Could not be read, so that something may be missing", unreadLines(inventory), more),
    ...(dryRun || rest === undefined ? [] : next(folder, files.get(rest) ?? "")),
  ];
  return `${lines.join("\n")}\n`;
}

/** What a machine reads of it. */
export function report(outcome: Outcome, { code, failure }: { code: number; failure: string | undefined }) {
  const { folder, inventory, files, dryRun } = outcome;
  const reason = failure ?? (inventory.unread.length > 0 ? "something could not be read" : "done");
  return {
    folder,
    dryRun,
    files: [...files.keys()].sort(),
    objects: resourcesOf(outcome),
    leftOut: inventory.leftOut,
    unread: inventory.unread,
    exit: { code, reason },
  };
}

/** The objects that the files are about, with the names of their resources. */
export function resourcesOf({ inventory, files }: Outcome): Described[] {
  const [, text = '{"resources":[]}'] = [...files].find(([file]) => /^import.*\.json$/.test(file)) ?? [];
  const { resources }: ImportFile = JSON.parse(text);
  const names = new Map(resources.map(({ type, id, name }) => [`${type} ${id}`, name]));
  return inventory.objects.flatMap((object): Described[] => {
    const { definition, name, id, importId } = object;
    const resource = names.get(`${tokenOf(kindName(definition))} ${importId}`);
    return resource === undefined ? [] : [{ kind: titleOf(definition), name, id, resource }];
  });
}

interface Described extends Pick<Adoptable, "name" | "id"> {
  readonly kind: string;
  readonly resource: string;
}

/** A line for each reason that objects of a kind have, the most frequent first. */
function grouped(leftOut: Inventory["leftOut"]): string[] {
  const counts = new Map<string, number>();
  for (const { kind, id, reason } of leftOut) {
    const line = `${kind}: ${reason}`;
    counts.set(line, (counts.get(line) ?? 0) + (id === undefined ? 0 : 1));
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([line, number]) => (number === 0 ? line : `${number} × ${line}`));
}

const unreadLines = ({ unread }: Inventory): string[] =>
  unread.map(({ kind, scope, reason }) => `${kind}${scope === undefined ? "" : ` of ${scope}`}: ${reason}`);

function listed(title: string, lines: readonly string[], more: string): string[] {
  if (lines.length === 0) return [];
  const over = lines.length - most;
  const shown = lines.slice(0, most).map((line) => `  ${plainLine(line, 300)}`);
  return ["", `${title}:`, ...shown, ...(over > 0 ? [`  and ${over} more, ${more}`] : [])];
}

/** How many lines a list has. */
const most = 10;

/** The commands that the page of the project begins with. */
function next(folder: string, page: string): string[] {
  const [, commands = ""] = /```sh\n([^`]*)```/.exec(page) ?? [];
  return [
    "",
    "What to run next:",
    `  cd ${quoted(folder)}`,
    ...commands
      .trim()
      .split("\n")
      .map((line) => `  ${line}`),
  ];
}

const quoted = (path: string): string => (/^[\w./:\\-]+$/.test(path) ? path : JSON.stringify(path));
