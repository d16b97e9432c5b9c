import type { EngineRun } from "../../tools/engine/engine";
import { descendants } from "../engine/process";
import type { Scene } from "../engine/scene";
import type { Kill } from "./fault";

/** How a run ended whose provider was to be killed. */
export interface KilledRun {
  readonly run: EngineRun;
  /** Whether the call was made in which that happens. */
  readonly hasFallen: boolean;
}

/** Runs the program, or destroys what it has made, and kills the provider in the next call of a method, before the server has acted or after. */
export async function killedIn(
  { engine, emulator }: Scene,
  method: string,
  moment: Kill["moment"],
  command: "up" | "destroy" = "up",
): Promise<KilledRun> {
  const { child, ended } = engine.start(command, "--yes", "--skip-preview");
  let hasFallen = false;
  const stop = emulator.admin.onCall((called, at) => {
    if (called !== method || at !== moment || hasFallen) return;
    hasFallen = true;
    for (const { pid, command } of descendants(child.pid!))
      if (/dynamic-provider|dist.bin.plugin|pulumi-resource-gitpod/.test(command)) process.kill(pid, "SIGKILL");
    if (moment === "before") throw new Error("the call has not arrived");
  });
  const run = await ended;
  stop();
  return { run, hasFallen };
}
