import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where the processes of a command note the most memory that they have had. */
export interface Memory {
  /** What makes the Node.js processes of a command note it. */
  readonly env: Record<string, string>;
  /** Returns the most that a process of a script had since the last time, in MiB; 0 where there was none. */
  take(script: string): number;
}

/** Opens a place for notes in a folder. */
export function noteMemory(folder: string): Memory {
  const file = join(folder, "memory.jsonl");
  return {
    env: { BENCH_MEMORY: file, NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "note-memory.js"))}` },
    take(script) {
      const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
      rmSync(file, { force: true });
      const noted = lines.map((line) => JSON.parse(line) as { script: string; mib: number });
      return Math.max(0, ...noted.filter((each) => each.script.includes(script)).map(({ mib }) => mib));
    },
  };
}
