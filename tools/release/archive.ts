import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { create, type WriteEntry } from "tar";
import { filesUnder } from "../sources";

/** Packs what is in a folder, so that the same files always make the same bytes. */
export async function writeArchive(folder: string, file: string): Promise<void> {
  const names = filesUnder(folder, ".").map((name) => name.slice("./".length));
  const everywhere = { gzip: { level: 9 }, portable: true, mtime: new Date(0), onWriteEntry: setMode };
  await create({ cwd: folder, file, ...everywhere }, names);
}

/** Lets everybody read a file, and run it if its owner can; the umask of whoever made it says otherwise. */
export const modeForAll = (mode = 0): number => (mode & ~0o777) | (mode & 0o100 ? 0o755 : 0o644);

function setMode({ stat }: WriteEntry): void {
  if (stat) stat.mode = modeForAll(stat.mode);
}

/** Writes the SHA-256 of files beside them, as `sha256sum --check` reads it. */
export async function writeChecksums(files: readonly string[], file: string): Promise<void> {
  const lines = await Promise.all(files.map(async (each) => `${await sha256(each)}  ${basename(each)}\n`));
  writeFileSync(file, lines.join(""));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
