import type { TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import type { EngineRun } from "../../tools/engine/engine";
import type { AdapterName } from "../../tools/engine/program";
import { complaintsOf, openScene, type Scene, stateOf } from "../engine/scene";
import { mustConverge, needs } from "../kinds/subject";
import { besides, chained, idsIn, isCounted, kindsInChain, knownIn, lostIn, objectsIn } from "./chain";
import type { Kill } from "./fault";
import { type Blow, blowsOf, type Stated } from "./kill";
import { killedIn } from "./killed-run";
import { candidateIn, isOfRevocable, namesRevocable } from "./refusal";
import { seeded, someOf } from "./sample";
import { type Entry, tableOf } from "./table";

jest.setTimeout(1_800_000);

const kinds = someOf(kindsInChain, 1);

test(
  "a provider that is killed at any write of a kind of each shape leaves what the next up brings to the program",
  seeded(`providers killed in writes of ${kinds.map(({ definition }) => kindName(definition))}`, async () => {
    const began = Date.now();

    const verdicts = [...(await struck("dynamic", "after")), ...(await struck("plugin", "before"))];

    const seconds = Math.round((Date.now() - began) / 1000);
    process.stdout.write(`\n${tableOf(verdicts)}\n${verdicts.length} kills on the real engine in ${seconds} s\n`);
    expect(verdicts.filter(({ outcome }) => outcome === "stuck").map(({ why }) => why)).toEqual([]);
    expect(verdicts.map(({ orphans, duplicates }) => orphans + duplicates).filter((count) => count > 0)).toEqual([]);
    expect(new Set(verdicts.filter(({ outcome }) => outcome === "refused").map(({ kind }) => kind))).toEqual(
      new Set(
        kinds.filter(({ definition }) => !mustConverge(definition)).map(({ definition }) => kindName(definition)),
      ),
    );
  }),
);

/** A blow whose end is not known yet, and whether its resource was refused since. */
interface Pending {
  readonly blow: Blow;
  isRefused: boolean;
}

/** What is known while the blows fall: those that wait for their end, and what was adopted by its kind. */
interface Course {
  readonly adapter: AdapterName;
  readonly waiting: Pending[];
  readonly adopted: Record<string, string>;
  /** What rows have said so far. */
  readonly told: string[];
}

/** Kills at every write in turn on an engine of its own. What runs after a kill is the program of the next one, and converges on its way there. */
async function struck(adapter: AdapterName, moment: Kill["moment"]): Promise<Entry[]> {
  const scene = await openScene({ program: chained({}, {}, adapter) });
  await scene.engine.up();
  const isGivenBack = ({ definition, does }: Blow): boolean => does === "delete" && definition.delete === "restore";
  // What was killed after its write counts as there before, so that there is nothing to give back.
  const blows = blowsOf(kinds).filter((blow) => moment === "before" || !isGivenBack(blow));
  const entries: Entry[] = [];
  const course: Course = { adapter, waiting: [], adopted: {}, told: [] };
  const { waiting } = course;
  const rowsOf = (definition: Definition): string =>
    JSON.stringify(tablesOf(kindName(definition)).map((table) => objectsIn(scene, table)));
  const atFirst = new Map(kinds.map(({ definition }) => [definition, rowsOf(definition)]));
  const settleUntil = (kind: string | undefined, run: EngineRun): void => {
    while (waiting[0] && kindName(waiting[0].blow.definition) !== kind)
      entries.push(verdictOf(scene, waiting.shift()!, moment, run, course));
  };
  for (const [place, blow] of blows.entries()) {
    const kind = kindName(blow.definition);
    scene.emulator.admin.lag(place % 3);
    // What the program states at the end may be what was there before, so that there is nothing to give back.
    const isAsAtFirst = isGivenBack(blow) && rowsOf(blow.definition) === atFirst.get(blow.definition);
    const run = isAsAtFirst ? await goOn(scene, blow.stated, course) : await toTheBlow(scene, blow, moment, course);
    settleUntil(kind, run);
    if (!isAsAtFirst) waiting.push({ blow, isRefused: false });
    const next = blows[place + 1];
    // The next program may take back what this one says, so that it would show nothing.
    const isTakenBack = next?.definition === blow.definition && next.does !== blow.does;
    const isTurn = next === undefined || (next.does === "delete" && blow.does !== "delete");
    // A run that is killed at an earlier resource does not come by this one.
    const isBefore = next !== undefined && next.does !== "delete" && placeOf(next) < placeOf(blow);
    // What renews a secret may be what creates another kind, so that the kill would fall on the renewal.
    const isTheirs = waiting.some(({ blow: { definition } }) => renewalsOf(definition).includes(next?.method ?? ""));
    if (!isTakenBack && !isTurn && !isBefore && !isTheirs) continue;
    settleUntil(undefined, await goOn(scene, blow.stated, course));
    if (!isTurn) continue;
    const again = await scene.engine.up("--refresh");
    const stored = knownIn(await stateOf(scene));
    const others = Object.entries(again.operations).filter(([, operation]) => operation !== "same");
    expect([again.code, complaintsOf(again), others, again.summary]).toEqual([
      0,
      [],
      [],
      { same: Object.keys(blow.stated).length + besides },
    ]);
    const named = idsIn(scene).filter((id) => !stored.includes(id) && namesRevocable(course.told, id));
    expect(lostIn(scene, [...stored, ...named])).toEqual([]);
    expect(idsIn(scene).sort()).toEqual([...stored, ...named].sort());
  }
  return entries;
}

const renewalsOf = ({ extra = {} }: Definition): string[] =>
  Object.values(extra).flatMap(({ on, method }) => (on === "change" ? [`${method.parent.name}/${method.name}`] : []));

const placeOf = ({ definition }: Blow): number => kindsInChain.findIndex((each) => each.definition === definition);

/** Runs the program of a blow until it falls; refusals on the way are answered as they say. */
async function toTheBlow(
  scene: Scene,
  { method, stated }: Blow,
  moment: Kill["moment"],
  course: Course,
): Promise<EngineRun> {
  for (;;) {
    scene.engine.write(chained(stated, course.adopted, course.adapter));
    const { run, hasFallen } = await killedIn(scene, method, moment);
    course.told.push(...complaintsOf(run));
    if (hasFallen) return run;
    if (!answerRefusal(run, course)) throw new Error(`${method} was not called: ${run.stdout}${run.stderr}`);
  }
}

/** Runs the program to its end. */
async function goOn(scene: Scene, stated: Stated, course: Course): Promise<EngineRun> {
  for (;;) {
    scene.engine.write(chained(stated, course.adopted, course.adapter));
    const run = await scene.engine.up();
    course.told.push(...complaintsOf(run));
    if (run.code === 0 || !answerRefusal(run, course)) return run;
  }
}

/** Takes over what a refusal names; false where there is none, or it was answered before. */
function answerRefusal(run: EngineRun, { adopted, waiting }: Course): boolean {
  const last = waiting.at(-1);
  const candidate = candidateIn(complaintsOf(run).join("\n"));
  if (!last || candidate === undefined || mustConverge(last.blow.definition) || last.isRefused) return false;
  last.isRefused = true;
  adopted[kindName(last.blow.definition)] = candidate;
  return true;
}

/** Says what has become of a resource that was struck, by the run that came by it next. */
function verdictOf(
  scene: Scene,
  { blow: { definition, does, method, stated }, isRefused }: Pending,
  moment: Kill["moment"],
  run: EngineRun,
  course: Course,
): Entry {
  const kind = kindName(definition);
  const tables = tablesOf(kind);
  const counted = tables
    .flatMap((table) => objectsIn(scene, table))
    .filter(({ id }) => !namesRevocable(course.told, id)).length;
  const many = counted - tables.map((table) => expectedIn(table, stated)).reduce((sum, count) => sum + count, 0);
  const complaints = complaintsOf(run).filter(
    (line) => line.startsWith(`${kind}:`) && !isOfRevocable(line) && !line.includes("which the API cannot express"),
  );
  const why = [...complaints, ...(many === 0 ? [] : [`there are ${many} ${tables.join(" and ")} too many`])];
  return {
    kind,
    column: `g killed ${moment}`,
    outcome: why.length > 0 ? "stuck" : isRefused ? "refused" : "converged",
    orphans: Math.max(many, 0),
    duplicates: Math.max(many, 0),
    why: why.map((line) => `${kind} ${does} ${method} ${moment}: ${line}`),
  };
}

const subjectOf = (kind: string) => kindsInChain.find(({ definition }) => kindName(definition) === kind)!;

const tablesOf = (kind: string): readonly TableName[] => [subjectOf(kind).table].flat();

/** How many objects a program has in a table: one of each of these kinds, and those that they live in. */
const expectedIn = (table: TableName, stated: Stated): number =>
  [...needs.map(({ definition }) => kindName(definition)), ...Object.keys(stated)].filter(
    (kind) => tablesOf(kind).includes(table) && isCounted(subjectOf(kind).definition),
  ).length;
