import { existsSync, rmSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "./cli";

const beatMilliseconds = 5_000;
const staleMilliseconds = 60_000;

/**
 * Makes a folder that costs much, once: into a folder beside it that is renamed at the end, so that an interruption
 * leaves nothing half-made, and behind a lock, so that two callers do not both make it.
 */
export async function makeOnce(folder: string, make: (folder: string) => Promise<void>, log: Log): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const release = await lock(`${folder}.lock`, log);
  try {
    if (existsSync(folder)) return;
    await removeLeftovers(folder);
    const unfinished = `${folder}.unfinished-${process.pid}`;
    try {
      await mkdir(unfinished);
      await make(unfinished);
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } finally {
    release();
  }
}

/** Takes the lock that the folder is. Its holder touches it every few seconds; an untouched one has been left behind. */
async function lock(folder: string, log: Log): Promise<() => void> {
  let told = false;
  while (!(await created(folder))) {
    if (await isStale(folder)) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) log("Waiting for another process that is making the same thing …");
    told = true;
    await wait(500);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => {});
  }, beatMilliseconds).unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", release);
  return release;
}

async function created(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isStale(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleMilliseconds;
}

async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.unfinished-`;
  const names = await readdir(dirname(folder));
  const leftovers = names.filter((name) => name.startsWith(prefix));
  await Promise.all(leftovers.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true })));
}
