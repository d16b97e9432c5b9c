import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, type Emulator } from "../../emulator";
import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { resolveAccount } from "../../provider/client/account";
import { connect } from "../../provider/client/client";
import { clientIn } from "../home";
import { kinds } from "../kinds";
import { startPlugin } from "../plugin-process";
import type { Case } from "../result";
import { openSite, type Site } from "../site";
import { median, spread } from "../statistics";

/** How long after the API's last change of phase an operation ends. */
export const wait: Case = {
  name: "wait",
  about: "how long after an environment has come up its creation ends",
  async run({ runs }) {
    const steps = await stepsToRun();
    const site = await openSite(latency, { pace: "manual" });
    const plugin = await startPlugin();
    try {
      const provider = await plugin.connect(site);
      const late: number[] = [];
      const trips: number[] = [];
      for (let round = 0; round < runs; round++) {
        trips.push(await roundTrip(site));
        late.push(
          await lateness(
            site,
            steps,
            (number) => {
              const name = `demo-${number}`;
              const subject = { urn: `urn:pulumi:bench::bench::${type}::${name}`, type, name };
              return provider.create(subject, kinds.Environment(number, "first"));
            },
            round,
          ),
        );
      }
      const beyond = late.map((milliseconds, round) => milliseconds - trips[round]!);
      return {
        rows: [
          {
            figure: "wait: from the emulator's phase change to the end of the operation, 20 ms latency",
            target: "≤ 1 round trip + 20 ms",
            measured: `1 round trip + ${spread(beyond, 0)} ms; a round trip takes ${spread(trips, 0)} ms`,
            holds: median(beyond) <= 20,
          },
        ],
      };
    } finally {
      await plugin.end();
      await site.close();
    }
  },
};

const latency = 20;
const type = "gitpod:index:Environment";

/** Milliseconds; events that follow each other are followed once a second, so that the last phase comes alone. */
const apart = 2500;

/** Milliseconds from the step that brings an environment up to the end of its creation. */
async function lateness(
  { emulator }: Site,
  steps: number,
  make: (number: number) => Promise<{ initErrors: readonly string[] }>,
  round: number,
): Promise<number> {
  const made = make(round);
  await called(emulator, "EventService/WatchEvents");
  for (let step = 1; step < steps; step++) {
    await sleep(step === 1 ? 300 : 50);
    emulator.step();
  }
  await sleep(apart);
  emulator.step();
  const changed = performance.now();
  const { initErrors } = await made;
  if (initErrors.length > 0) throw new Error(initErrors.join("\n"));
  return performance.now() - changed;
}

/** Resolves at the next call of a method. */
const called = ({ admin }: Emulator, wanted: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = admin.onCall((method) => {
      if (method !== wanted) return;
      stop();
      resolve();
    });
  });

/** How many steps an environment takes until it runs. */
async function stepsToRun(): Promise<number> {
  const emulator = createEmulator();
  await clientIn(emulator).call(EnvironmentService.method.createEnvironment, kinds.Environment(0, "first"));
  const phases = () => JSON.stringify(emulator.admin.objects("environments"));
  const isUp = () => !/"ENVIRONMENT_PHASE_(CREATING|STARTING)"/.test(phases());
  let steps = 0;
  while (!isUp()) {
    emulator.step();
    steps += 1;
  }
  await emulator.close();
  return steps;
}

/** Milliseconds of a call that is answered at once. */
async function roundTrip({ host, token, home }: Site): Promise<number> {
  const client = connect(resolveAccount({ host, token }, {}), { env: {} });
  const read = () => client.call(EnvironmentService.method.getEnvironment, { environmentId: home.environmentId });
  await read();
  const began = performance.now();
  await read();
  return performance.now() - began;
}
