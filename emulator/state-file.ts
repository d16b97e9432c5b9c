import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ChangeFeed } from "./event/feed";
import { fromSnapshot, toSnapshot } from "./snapshot";
import type { World } from "./world";

const saveDelay = 200;

/** Reads the world from a file; undefined when there is no such file yet. */
export function loadWorld(file: string): World | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return fromSnapshot(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the emulator's state from ${file}: ${reason}; delete the file to start anew`, {
      cause,
    });
  }
}

/** Writes the world into a file so that a reader never finds half of it. */
export function saveWorld(file: string, world: World): void {
  const draft = `${file}.${process.pid}.tmp`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, JSON.stringify(toSnapshot(world), undefined, 2), { mode: 0o600 });
  renameSync(draft, file);
}

/** Saves the world soon after each change; the returned function saves a last time and stops. */
export function keepSaved(file: string, world: World, changes: ChangeFeed): () => void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    timer = undefined;
    saveWorld(file, world);
  };
  const unwatch = changes.watch(() => {
    timer ??= setTimeout(save, saveDelay).unref();
  });
  return () => {
    unwatch();
    clearTimeout(timer);
    saveWorld(file, world);
  };
}
