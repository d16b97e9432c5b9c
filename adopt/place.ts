import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readText } from "../provider/value/text-file";

/** What was written. */
export interface Placed {
  /** The folder, as an absolute path. */
  readonly folder: string;
  /** The files by their paths in it, in the order in which they came. */
  readonly written: readonly string[];
}

/**
 * Puts files into a folder. Killed at any moment, it leaves no half-written file in place: a new folder appears as a whole;
 * to a folder that is there, which needs `update`, come new files one by one, the last ones being the program. No file that
 * is there is written over.
 */
export function place(
  path: string,
  files: ReadonlyMap<string, string>,
  { update }: { readonly update: boolean },
): Placed {
  const folder = resolve(path);
  const isThere = isTaken(folder);
  if (isThere && !update)
    throw new Error(`${folder} is not empty: name another folder, or add what is new with --update.`);
  if (isThere) add(folder, files);
  else makeNew(folder, files);
  return { folder, written: [...files.keys()] };
}

/** Whether a folder has something in it. */
export const isTaken = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** Returns the files of a project that say what it has already; undefined where the folder is absent or empty. */
export function existingIn(path: string): ReadonlyMap<string, string> | undefined {
  const folder = resolve(path);
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  if (names.length === 0) return undefined;
  const files = names
    .filter((file) => file.isFile() && isTelling.test(file.name))
    .map(({ name }) => name)
    .sort();
  if (!files.includes("import.json"))
    throw new Error(
      `${folder} has no import.json, which says what it has already: it is no project of pulumi-gitpod adopt.`,
    );
  return new Map(files.map((file) => [file, readText(join(folder, file))]));
}

const isTelling = /^(import(-\d+)?\.json|(Pulumi|Main)\.yaml|[^.].*(?<!\.d)\.ts)$/;

/** What an earlier run that was killed has left beside the folder goes. */
function makeNew(folder: string, files: ReadonlyMap<string, string>): void {
  const beside = join(dirname(folder), `.${basename(folder)}.partial`);
  rmSync(beside, { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(dirname(join(beside, file)), { recursive: true });
    writeFileSync(join(beside, file), text);
  }
  if (existsSync(folder)) rmdirSync(folder);
  renameSync(beside, folder);
}

/** What an earlier run that was killed has added is what this one adds, if nothing has changed since. */
function add(folder: string, files: ReadonlyMap<string, string>): void {
  const there = [...files].filter(([file]) => existsSync(join(folder, file)));
  const taken = there.filter(([file, text]) => readText(join(folder, file)) !== text);
  if (taken.length > 0)
    throw new Error(`${folder} has ${taken.map(([file]) => file).join(", ")} already: nothing was written.`);
  for (const [file, text] of files) {
    if (there.some(([other]) => other === file)) continue;
    const beside = join(folder, `.${file}.partial`);
    writeFileSync(beside, text);
    renameSync(beside, join(folder, file));
  }
}
