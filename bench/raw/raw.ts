import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { openSite } from "../site";
import type { Trace } from "../trace";
import type { Replay } from "./replay";

/** Calls that are made as a provider has made them, without a provider; streams are left out. */
export interface Raw {
  /** Makes the calls of a trace on objects of its own, and returns the seconds that they took. */
  replay(trace: Trace): Promise<number>;
  close(): Promise<void>;
}

/** Opens an API that is as far away as that of the provider; the script makes the calls. */
export async function openRaw(latency: number, script: string): Promise<Raw> {
  const site = await openSite(latency);
  const { emulator, host, token, home } = site;
  return {
    async replay({ methods, atOnce }) {
      const there = (emulator.admin.objects("projects") as { id: string }[]).map(({ id }) => id);
      const objects = there.filter((id) => id !== home.projectId);
      const replay: Replay = { methods: methods.filter((each) => each !== streams), atOnce, objects };
      const seconds = await replayed([script, host, token], replay);
      emulator.settle();
      return seconds;
    },
    close: () => site.close(),
  };
}

const streams = "EventService/WatchEvents";

async function replayed(args: readonly string[], replay: Replay): Promise<number> {
  const child = spawn(process.execPath, [...args]);
  child.stdin.end(JSON.stringify(replay));
  const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = Number(printed);
  if (printed === "" || Number.isNaN(seconds)) throw new Error(`the raw calls failed: ${complaint || printed}`);
  return seconds;
}
