import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireFresh } from "../../tools/fresh";
import { dynamic } from "./adapter";
import { createBench } from "./bench";
import type { Run } from "./engine";
import { type Kill, killAt, kills, type Trouble, troubles } from "./fault";
import { inTurns } from "./in-turns";
import { openPlace, type Scenario, scenariosOf, subjectName } from "./scenario";
import { tableOf } from "./table";
import { canaries, judge, type Outcome, outcomeOf, type Verdict } from "./verdict";

jest.setTimeout(1_800_000);

const bench = createBench(dynamic);
const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-matrix-"));

beforeAll(() => requireFresh());

afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

test("after a fault at any call the next run converges, or refuses and names what it found", async () => {
  const began = Date.now();
  const scenarios = await scenariosOf(bench, folder, process.env.FAULTS_KIND);
  const clean = await inTurns(scenarios, 8, async (scenario) => ({ scenario, ...(await recorded(scenario)) }));
  const cases = clean.flatMap(({ scenario, methods, outcome }) =>
    methods.flatMap((method) =>
      [...troubles, ...kills.filter(({ lag }) => lag === 0 || makes(scenario))].map((trouble) => ({
        scenario,
        method,
        trouble,
        outcome,
      })),
    ),
  );

  const verdicts = await inTurns(cases, 16, async ({ scenario, method, trouble, outcome }) => {
    const verdict = await struck(scenario, method, trouble, outcome);
    return { kind: scenario.definition.kind, scenario: scenario.name, method, ...trouble, ...verdict };
  });

  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`\n${tableOf(verdicts)}\n${verdicts.length} cases in ${seconds} s\n`);
  const heard = (await bench.heard()).filter((text) => canaries.some((canary) => text.includes(canary)));
  const bad = verdicts.filter(({ outcome, orphans, duplicates }) => outcome === "stuck" || orphans + duplicates > 0);
  expect(
    bad.map(({ kind, scenario, method, column, name, why }) => [
      `${kind} ${scenario} ${method} ${column} ${name}`,
      why,
    ]),
  ).toEqual([]);
  expect(heard).toEqual([]);
});

/** Every process begins with it, whatever it does then. */
const whoCalls = "IdentityService/GetAuthenticatedIdentity";

/** Goes through a scenario without a fault, and says which calls that makes and what it leads to. */
async function recorded(scenario: Scenario): Promise<{ methods: string[]; outcome: Outcome }> {
  const { emulator, host, close } = await openPlace(scenario.world);
  try {
    emulator.admin.resetCalls();
    const run = await scenario.act(await bench.begin(host), scenario.state);
    if (run.errors.length > 0 || !does(scenario, run))
      throw new Error(
        `${scenario.definition.kind} ${scenario.name}: ${JSON.stringify(run.operations)} ${run.errors.join("\n")}`,
      );
    emulator.settle();
    const methods = Object.keys(emulator.calls()).filter((method) => scenario.name === "create" || method !== whoCalls);
    return { methods, outcome: outcomeOf(emulator, scenario) };
  } finally {
    await close();
  }
}

/** Whether the run did what its scenario is named for; the others bring an object to a phase. */
const does = ({ name }: Scenario, { operations }: Run): boolean =>
  operations[subjectName] === (name === "read" ? "same" : name.startsWith("to ") ? "update" : name);

/** Whether a scenario makes an object, which reads may not show yet. */
const makes = ({ name }: Scenario): boolean => name === "create" || name === "replace";

async function struck(scenario: Scenario, method: string, trouble: Trouble | Kill, outcome: Outcome): Promise<Verdict> {
  const { emulator, host, close } = await openPlace(scenario.world);
  if ("moment" in trouble) emulator.admin.lag(trouble.lag);
  try {
    const life = await ("moment" in trouble ? bench.beginAlone(host) : bench.begin(host));
    const disarm =
      "moment" in trouble
        ? killAt(emulator.admin, method, trouble.moment, life.process)
        : trouble.arm(emulator.admin, method);
    const run = await scenario.act(life, scenario.state);
    disarm();
    return await judge(bench, host, emulator, scenario, run, outcome);
  } finally {
    await close();
  }
}
