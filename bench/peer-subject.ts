import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentsOf } from "./resources";
import { openSite, timed } from "./site";
import type { Opened, Setting, Subject } from "./subject";

/** Returns the programs of others that environment variables name: `BENCH_PEER_<NAME>=command`. */
export const peerSubjects = (environment = process.env): Subject[] =>
  Object.entries(environment).flatMap(([variable, command]) => {
    const name = /^BENCH_PEER_(.+)$/.exec(variable)?.[1];
    return name && command
      ? [{ name: name.toLowerCase().replaceAll("_", " "), open: (setting) => open(command, setting) }]
      : [];
  });

/** The exit code with which a peer says that it has no such operation. */
const cannot = 75;

async function open(command: string, { kind, size, latency }: Setting): Promise<Opened> {
  const site = await openSite(latency, { parents: parentsOf(kind, size) });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-peer-"));
  const env = {
    ...process.env,
    BENCH_HOST: site.host,
    BENCH_TOKEN: site.token,
    BENCH_COUNT: String(size),
    BENCH_KIND: kind,
  };
  return {
    async perform(operation) {
      let code: number | null = null;
      const measured = await timed(site, async () => {
        code = await shell(command, folder, { ...env, BENCH_OPERATION: operation });
      });
      if (code === cannot) return undefined;
      if (code !== 0) throw new Error(`${command} (${operation}) ended with ${code}`);
      return { ...measured, memory: 0 };
    },
    async close() {
      await site.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function shell(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = spawn(command, { cwd, env, shell: true, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}
