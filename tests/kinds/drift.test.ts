import type { TableName } from "../../emulator";
import { tablesOf as tablesIn } from "../../emulator/world";
import { check } from "../../provider/check/check";
import { update } from "../../provider/lifecycle/update";
import { inputsOf } from "../../provider/mapping/live-inputs";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import type { State } from "../../provider/model/state";
import { at, equal, isObject, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { changed } from "../core/canary";
import { type Leaf, leavesOf } from "../core/leaf";
import { definitions } from "../core/sample";
import { type Run, refresh, up } from "../faults/engine";
import { inCore, resourceOf } from "../faults/in-core";
import { created, type Scene, sceneFor } from "../resources/scene";
import {
  another,
  changeRow,
  isTelling,
  namedIn,
  nameOf,
  otherPrograms,
  type Stating,
  statingOf,
  whyNot,
} from "./drift";
import { needsOf, placed, subjects } from "./subject";
import { tablesOf } from "./table";

test.each(definitions)(
  "each input of %s that somebody else changes or empties is seen alone, and repaired by one write",
  async (_, definition) => {
    const outcomes: Record<string, string> = {};
    for (const leaf of leavesOf(definition))
      outcomes[nameOf(leaf)] = whyNot(definition, leaf) ?? (await outcomeOf(definition, leaf));

    expect(outcomes).toMatchSnapshot();
  },
);

test("hundreds of inputs can be changed by somebody else, some of every kind that is more than a relation", () => {
  const drifting = definitions.map(([kind, definition]): [string, number] => [
    kind,
    leavesOf(definition).filter((leaf) => whyNot(definition, leaf) === undefined).length,
  ]);

  expect(Object.fromEntries(drifting)).toMatchSnapshot();
  expect(drifting.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(270);
});

/** An object that a program has made. */
interface Made extends Stating {
  readonly definition: Definition;
  readonly scene: Scene;
  readonly run: Run;
  /** The table that has it, and its id there; missing where it consists of several. */
  readonly row?: { readonly table: TableName; readonly id: string } | undefined;
}

/** Says how a leaf is repaired, or why it does not drift after all. */
async function outcomeOf(definition: Definition, leaf: Leaf): Promise<string> {
  const subject = subjects().find((one) => one.definition === definition);
  const programs = [...(subject ? [subject.inputs] : []), ...(otherPrograms[kindName(definition)] ?? [])];
  let refusal = "";
  for (const stating of statingOf(definition, programs, leaf)) {
    const made = await makeOf(definition, stating);
    const [error] = made.run.errors;
    const value = at(made.inputs, made.place);
    if (error === undefined) return homeOf(made, value) ?? repairsOf(leaf, made, stating);
    refusal ||= withoutIds(error);
  }
  return `cannot be stated: ${refusal}`;
}

const withoutIds = (text: string): string => text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");

async function makeOf(definition: Definition, { inputs: stated, place }: Stating): Promise<Made> {
  const scene = sceneFor(definition);
  const { admin, world } = scene.emulator;
  const home: Record<string, string> = {};
  for (const need of [...namedIn(stated), ...needsOf(definition)])
    home[need.name] = (await created(scene, need.definition, placed(need.inputs, home))).id;
  for (const id of world.domainVerifications.rows.keys())
    admin.patch("domainVerifications", id, { state: "DOMAIN_VERIFICATION_STATE_VERIFIED" });
  const rows = () =>
    tablesOf(definition).flatMap((table) => [...tablesIn(world)[table].rows.keys()].map((id) => ({ table, id })));
  const before = rows();
  const inputs = placed(stated, home);
  const run = await up(inCore(scene, living), [], [resourceOf(definition, "subject", inputs)]);
  const address = run.state[0]?.id.split("/") ?? [];
  // What is always there has no row of its own that is new.
  const row = rows().find(({ id }) =>
    definition.create ? !before.some((other) => other.id === id) : id === address.at(-1),
  );
  return { definition, scene, run, inputs, place, row };
}

const living = { isKilled: () => false };

/** Says why an object has a value for good, by where the server keeps it; undefined where it does not. */
function homeOf({ scene: { emulator }, run, row }: Made, value: Json | undefined): string | undefined {
  if (value === run.state[0]?.id) return "says which object it is";
  const { rows, within } = tablesIn(emulator.world)[row?.table ?? "projects"];
  const kept = row && rows.get(row.id);
  return kept && within(kept).some((id) => id === value) ? "the object lives there" : undefined;
}

async function repairsOf(leaf: Leaf, made: Made, stating: Stating): Promise<string> {
  const value = at(made.inputs, made.place);
  const other = another(leaf, value);
  // What consists of several objects is changed by calls only, which take no more than a program may say.
  const isPossible = (some: Json | undefined): boolean =>
    made.row !== undefined || check(made.definition, withPlace(made, some)).failures.length === 0;
  const repairs = [
    ...(other !== undefined && isPossible(other) ? [await repairOf(made, other)] : []),
    ...(isTelling(leaf, value) && isPossible(undefined)
      ? [await repairOf(await makeOf(made.definition, stating), undefined)]
      : []),
  ];
  return [...new Set(repairs)].join(", ");
}

const withPlace = ({ inputs, place }: Stating, value: Json | undefined) => changed(inputs, place, value) as JsonObject;

/** Lets somebody else give a leaf another value or none, and returns by what the next run repairs that, or why it cannot. */
async function repairOf(made: Made, value: Json | undefined): Promise<string> {
  const { definition, scene, inputs, place, run } = made;
  const provider = inCore(scene, living);
  const before = await refresh(provider, run.state);
  await changeByHand(made, value);
  scene.restart();
  const seen = await refresh(provider, before.state);
  scene.restart();
  scene.emulator.admin.resetCalls();
  const repair = await up(provider, seen.state, [resourceOf(definition, "subject", inputs)]);
  const writes = writesIn(definition, scene.emulator.calls());
  scene.restart();
  const after = await refresh(provider, repair.state);

  const what = value === undefined ? "emptied" : "changed";
  const operation = repair.operations.subject ?? "nothing";
  const [error] = repair.errors;
  if (error !== undefined) return `${what}: ${withoutIds(error)}`;
  const faults = [
    ...(isSeenAlone(before, seen, place) ? [] : [`a refresh shows ${JSON.stringify(kept(seen)?.inputs)}`]),
    ...(writes.length === (operation === "replace" ? 2 : 1) ? [] : [`the writes are ${writes.join(", ")}`]),
    ...(isEqualIn(definition, kept(before), kept(after)) ? [] : [`it becomes ${JSON.stringify(kept(after)?.inputs)}`]),
  ];
  if (faults.length > 0) throw new Error(`${kindName(definition)} ${show(place)} ${what}: ${faults.join("; ")}`);
  return operation;
}

async function changeByHand(made: Made, value: Json | undefined): Promise<void> {
  const { definition, scene, run, place, row } = made;
  if (!row) {
    const { inputs } = check(definition, withPlace(made, value));
    await update(definition, scene.operation(), run.state[0]!.id, kept(run)!, inputs);
    return;
  }
  changeRow(scene.emulator, definition, row, place, value);
}

/** The calls that change something, without those that bring about phases and tell that an answer has come. */
function writesIn({ phase, identity, as }: Definition, calls: Record<string, number>): string[] {
  const aside = [
    ...Object.values(phase?.targets ?? {}),
    ...(identity?.by === "annotation" ? [identity.acknowledge] : []),
    ...(as ? [as.mint] : []),
  ];
  const names = aside.flatMap((method) =>
    !method || typeof method === "string" ? [] : [`${method.parent.name}/${method.name}`],
  );
  return Object.entries(calls)
    .filter(([method]) => !/\/(Get|List|Watch)/.test(method) && !names.includes(method))
    .flatMap(([method, count]) => Array.from({ length: count }, () => method));
}

const kept = ({ state: [stored] }: Run): State | undefined => stored && (stored.outputs as unknown as State);

/** Whether the inputs differ where a leaf is, and nowhere else; of a list whose entries have no parts, in the list. */
function isSeenAlone(before: Run, seen: Run, place: Path): boolean {
  const path = typeof place.at(-1) === "number" ? place.slice(0, -1) : place;
  const [was, is] = [kept(before)?.inputs ?? {}, kept(seen)?.inputs ?? {}];
  return !equal(at(was, path), at(is, path)) && equal(bare(changed(was, path)), bare(changed(is, path)));
}

/** Leaves out objects without anything in them. */
function bare(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((entry) => bare(entry) ?? {});
  if (!isObject(value)) return value;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const kept = bare(part);
    return kept === undefined || (isObject(kept) && Object.keys(kept).length === 0) ? [] : [[name, kept]];
  });
  return Object.fromEntries(parts);
}

/** Whether two objects are the same in everything that a program could state, and in what it does state. */
const isEqualIn = (definition: Definition, one: State | undefined, other: State | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  equal(one.inputs, other.inputs) &&
  equal(inputsOf(definition, one.outputs, undefined), inputsOf(definition, other.outputs, undefined));
