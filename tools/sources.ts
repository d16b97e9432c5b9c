import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root";

/** Everything that decides what the build makes. */
export const inputs = [
  "proto/gen",
  "provider",
  "sdk",
  "emulator",
  "terraform",
  "adopt",
  "probe",
  "command",
  "tsconfig.json",
  "package.json",
  "tools/build.ts",
  "tools/build-plugin.ts",
  "tools/bundled-licenses.ts",
  "tools/lazy-index.ts",
];

/** A hash of the names and contents of files, by default of everything that the build is made from. */
export function hashSources(folder = root, paths: readonly string[] = inputs): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((input) => filesUnder(folder, input))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The files under a path of a folder, as paths with `/`, in stable order; none where there is nothing. */
export function filesUnder(folder: string, path: string): string[] {
  const full = join(folder, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(folder, `${path}/${name}`));
}
