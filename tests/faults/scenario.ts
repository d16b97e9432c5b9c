import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { World } from "../../emulator";
import { loadWorld, saveWorld } from "../../emulator/state-file";
import type { Definition } from "../../provider/model/definition";
import { type JsonObject, put } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { type Home, type Subject, settle } from "../kinds/subject";
import { type Opened, openEmulator } from "../scene";
import type { Bench, Life } from "./bench";
import { type Run, refresh, type Stored, up } from "./engine";

/** Something that a stack with one resource of a kind goes through, from a world that is kept in a file. */
export interface Scenario {
  readonly name: string;
  readonly definition: Definition;
  readonly table: Subject["table"];
  /** The state before. */
  readonly state: readonly Stored[];
  readonly world: string;
  /** Inputs of the resource, before and at the end; undefined where it is not there. */
  readonly goal: JsonObject | undefined;
  /** What is run, and may be struck. */
  act(life: Life, state: readonly Stored[]): Promise<Run>;
}

/** The name of the resource that the scenarios are about. */
export const subjectName = "subject";

/** Runs a program that has the resource with these inputs, or none. */
export const upTo = (life: Life, definition: Definition, state: readonly Stored[], inputs: JsonObject | undefined) =>
  up(life.provider, life.reading(state), inputs ? [life.resource(definition, subjectName, inputs)] : []);

/** Opens an emulator with a world; what becomes of that is not kept. */
export async function openPlace(world: string): Promise<Opened> {
  const opened = await openEmulator({ pace: "fast" });
  const { emulator } = opened;
  for (const [name, kept] of Object.entries(loadWorld(world) ?? {})) {
    const rows = rowsOf(emulator.world[name as keyof World]);
    rows.clear();
    for (const [id, row] of rowsOf(kept)) rows.set(id, row);
  }
  return opened;
}

const rowsOf = (part: World[keyof World]): Map<string, unknown> => (part instanceof Map ? part : part.rows);

/** Builds what the kinds live in. */
export async function settleHome(bench: Bench, folder: string): Promise<{ world: string; home: Home }> {
  const world = join(folder, "home.json");
  const { host, close } = await openEmulator({ pace: "fast", stateFile: world });
  const life = await bench.begin(host);
  const home = await settle(async ({ name, definition, inputs }) => {
    const { state } = succeeded(await up(life.provider, [], [life.resource(definition, name, inputs)]));
    return state[0]!.id;
  });
  await close();
  return { world, home };
}

/** Lets a kind go through everything that a program can do with it, from a world with what it lives in. */
export async function scenariosOf(
  bench: Bench,
  folder: string,
  home: string,
  subject: Subject & { definition: Definition },
): Promise<Scenario[]> {
  const { definition, table, inputs, updated, replaced } = subject;
  const built = await after(bench, folder, home, definition, inputs);
  const to = (name: string, from: { world: string; state: readonly Stored[] }, goal: JsonObject | undefined) => ({
    ...{ name, definition, table, ...from, goal },
    act: (life: Life, state: readonly Stored[]) => upTo(life, definition, state, goal),
  });
  const scenarios: Scenario[] = [
    to("create", { world: home, state: [] }, inputs),
    ...(updated ? [to("update", built, updated)] : []),
    ...(replaced ? [to("replace", built, replaced)] : []),
    {
      ...to("read", built, inputs),
      act: (life, state) => refresh(life.provider, life.reading(state)),
    },
    to("delete", built, undefined),
  ];
  const [first, ...others] = phasesOf(definition);
  for (const phase of others) {
    const there = withPhase(definition, inputs, phase);
    const rested = await after(bench, folder, home, definition, there);
    scenarios.push(to(`to ${phase}`, built, there), to(`to ${first}`, rested, inputs));
  }
  return scenarios;
}

/** The phases that a call brings about. */
export const phasesOf = ({ phase }: Definition): string[] =>
  Object.entries(phase?.targets ?? {}).flatMap(([name, method]) => (typeof method === "string" ? [] : [name]));

/** Returns inputs that ask for a phase. */
export function withPhase(definition: Definition, inputs: JsonObject, phase: string): JsonObject {
  const changed = structuredClone(inputs);
  put(changed, steps(definition.phase?.desired ?? ""), phase);
  return changed;
}

async function after(bench: Bench, folder: string, world: string, definition: Definition, inputs: JsonObject) {
  const place = await openPlace(world);
  const { state } = succeeded(await upTo(await bench.begin(place.host), definition, [], inputs));
  const kept = join(mkdtempSync(join(folder, "world-")), "world.json");
  place.emulator.settle();
  saveWorld(kept, place.emulator.world);
  await place.close();
  return { world: kept, state };
}

function succeeded(run: Run): Run {
  if (run.errors.length > 0) throw new Error(run.errors.join("\n"));
  return run;
}
