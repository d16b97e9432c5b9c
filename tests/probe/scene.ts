import { classicTokens, type Emulator, type EmulatorOptions, tokens } from "../../emulator";
import { type TableName, tablesOf } from "../../emulator/world";
import type { Assumption, Need, Probe } from "../../probe/assumption";
import { runProbes } from "../../probe/run/run-probes";
import type { Outcome, Trial } from "../../probe/run/trial";
import { resolveAccount } from "../../provider/client/account";
import { type Api, apis } from "../../provider/client/api";
import { connect } from "../../provider/client/client";
import { type Clock, systemClock } from "../../provider/value/clock";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";

/** An emulator over HTTP, and what tries assumptions on it. */
export interface Scene {
  readonly emulator: Emulator;
  /** What was told while probes ran. */
  readonly told: string[];
  run(assumptions: readonly Assumption[], options?: Partial<Trial>): Promise<Outcome>;
  /** The names of what probes have made and what is still there, and is not being deleted. */
  leftIn(): string[];
}

/** Opens a scene, which ends with the test. */
export async function openScene(options: EmulatorOptions = { pace: "per-read", now: hurried.now }): Promise<Scene> {
  const { emulator, host, close } = await openEmulator(options);
  afterTest(close);
  const told: string[] = [];
  // What the client would wait for on its own clock, probes wait for on theirs.
  const open = (api: Api, config: { [name: string]: string }) =>
    connect(resolveAccount(config, {}, { ...api, rates: [], limitPauses: [] }), { env: {} });
  return {
    emulator,
    told,
    run: (assumptions, more = {}) =>
      runProbes({
        clients: {
          index: open(apis.index, { host, token: tokens.owner }),
          experimental: open(apis.experimental, { classicHost: host, classicToken: classicTokens.owner }),
        },
        assumptions,
        allowed: new Set<Need>(["environments", "organization"]),
        timeoutMs: 10_000,
        clock: hurried,
        stop: new AbortController().signal,
        leave: new AbortController().signal,
        tell: (line) => told.push(line),
        ...more,
      }),
    leftIn() {
      emulator.settle();
      // Classic keeps what is deleted where only a read finds it.
      for (const { id, owed } of emulator.world.classicWorkspaces.rows.values())
        if (owed.deleted) emulator.admin.classic.purge(id);
      const all = Object.keys(tablesOf(emulator.world)) as TableName[];
      const objects = JSON.stringify(all.map((table) => emulator.admin.objects(table)));
      const names = objects.match(/pulumi[-_]gitpod[-_]probe[-_]\w+/gi) ?? [];
      return [...new Set(names)];
    },
  };
}

/** A clock on which a minute lasts a fifth of a second. */
const hurried: Clock = {
  now: () => begun + (systemClock.now() - begun) * factor,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / factor, signal),
};

const factor = 300;
const begun = systemClock.now();

/** An assumption that this finds out. */
export const assumptionOf = (run: Probe["run"], id = "tried"): Assumption => ({
  id,
  assumes: "It is so.",
  said: [],
  probe: { calls: [], makes: [], needs: [], run },
});
