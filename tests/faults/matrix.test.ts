import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { requireFresh } from "../../tools/fresh";
import { type Subject, subjects } from "../kinds/subject";
import { dynamic } from "./adapter";
import { createBench } from "./bench";
import type { Run } from "./engine";
import { type Kill, killAt, kills, type Trouble, troubles } from "./fault";
import { inTurns } from "./in-turns";
import { beginMortal } from "./mortal";
import { drawn, type Sample, sampleOf, seeded } from "./sample";
import { openPlace, type Scenario, scenariosOf, settleHome, subjectName } from "./scenario";
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

test(
  "after a fault at any call the next run converges, or refuses and names what it found",
  seeded("matrix of faults", async () => {
    const began = Date.now();
    const { world, home } = await settleHome(bench, folder);
    const { whole, others } = chosen(subjects(home));
    const scenarios = await inTurns([...whole, ...others], 4, (subject) => scenariosOf(bench, folder, world, subject));
    const clean = await inTurns(scenarios.flat(), 8, async (scenario) => ({ scenario, ...(await recorded(scenario)) }));
    const all = clean.flatMap(({ scenario, methods, outcome }) =>
      methods.flatMap((method) =>
        [...troubles, ...kills.filter(({ lag }) => lag === 0 || makes(scenario))].map((trouble) => ({
          scenario,
          method,
          trouble,
          outcome,
        })),
      ),
    );
    const isWhole = ({ scenario: { definition } }: (typeof all)[number]) =>
      whole.some((subject) => subject.definition === definition);
    const cases = [
      ...all.filter(isWhole),
      ...drawn(
        all.filter((each) => !isWhole(each)),
        150,
      ),
    ];

    const verdicts = await inTurns(cases, 16, async ({ scenario, method, trouble, outcome }) => {
      const verdict = await struck(scenario, method, trouble, outcome);
      return { kind: kindName(scenario.definition), scenario: scenario.name, method, ...trouble, ...verdict };
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
  }),
);

/** The kinds of this run: one of each shape, and some of the others, of whose cases it draws; or the one that was asked for. */
function chosen<K extends Subject & { readonly definition: Definition }>(all: readonly K[]): Sample<K> {
  const only = process.env.FAULTS_KIND;
  if (only) return { whole: all.filter(({ definition }) => kindName(definition) === only), others: [] };
  const { whole, others } = sampleOf(all);
  return { whole, others: drawn(others, 4) };
}

/** Every process begins with one of them, whatever it does then. */
const whoCalls = ["IdentityService/GetAuthenticatedIdentity", "experimental.UserService/GetAuthenticatedUser"];

/** Goes through a scenario without a fault, and says which calls that makes and what it leads to. */
async function recorded(scenario: Scenario): Promise<{ methods: string[]; outcome: Outcome }> {
  const { emulator, host, close } = await openPlace(scenario.world);
  try {
    emulator.admin.resetCalls();
    const run = await scenario.act(await bench.begin(host), scenario.state);
    if (run.errors.length > 0 || !does(scenario, run))
      throw new Error(
        `${kindName(scenario.definition)} ${scenario.name}: ${JSON.stringify(run.operations)} ${run.errors.join("\n")}`,
      );
    emulator.settle();
    const methods = Object.keys(emulator.calls()).filter(
      (method) => scenario.name === "create" || !whoCalls.includes(method),
    );
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
  try {
    const run = await ("moment" in trouble
      ? killed(scenario, emulator, host, method, trouble)
      : faulty(scenario, emulator, host, method, trouble));
    return await judge(bench, host, emulator, scenario, run, outcome);
  } finally {
    await close();
  }
}

async function faulty(
  scenario: Scenario,
  { admin }: Emulator,
  host: string,
  method: string,
  trouble: Trouble,
): Promise<Run> {
  const life = await bench.begin(host);
  const disarm = trouble.arm(admin, method);
  const run = await scenario.act(life, scenario.state);
  disarm();
  return run;
}

async function killed(scenario: Scenario, { admin }: Emulator, host: string, method: string, kill: Kill): Promise<Run> {
  admin.lag(kill.lag);
  const life = await beginMortal(bench, host);
  const spare = killAt(admin, method, kill.moment, life);
  const run = await scenario.act(life, scenario.state);
  spare();
  await life.close();
  return run;
}
