import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root";
import { hashSources } from "./sources";

/** The file in which a build says what it was made from. */
export const stampName = ".sources";

/** Says whether the build in `dist` was made from the sources as they are now. */
export function isFresh(folder = root): boolean {
  const stamp = join(folder, "dist", stampName);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources(folder);
}

/** Fails if the build in `dist` is missing or older than the sources, so that no test passes on an old build. */
export function requireFresh(folder = root): void {
  if (!isFresh(folder)) throw new Error("dist is missing or older than the sources: run `npm run build`.");
}
