import { isDeepStrictEqual } from "node:util";
import { classicTokens, type Emulator, tokens } from "../../emulator";
import { toldSecrets } from "../../provider/mapping/secret-paths";
import type { Definition } from "../../provider/model/definition";
import { isGone, isRetired } from "../../provider/model/phase";
import { isTellable } from "../../provider/model/told-once";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { mustConverge } from "../kinds/subject";
import { thereIn } from "../kinds/table";
import type { Bench, Life } from "./bench";
import { type Run, refresh, type Stored } from "./engine";
import { candidateIn, namesRevocable } from "./refusal";
import { type Scenario, subjectName, upTo } from "./scenario";
import { exposed, inClear, shown } from "./value";

/** What has become of a case after the run that follows the fault. */
export interface Verdict {
  readonly outcome: "converged" | "refused" | "stuck";
  /** Objects that no state knows, and objects too many of what a state knows. */
  readonly orphans: number;
  readonly duplicates: number;
  /** What shows why it is none of the good ones. */
  readonly why: readonly string[];
}

/** What is there once a scenario has gone through without a fault. */
export interface Outcome {
  readonly objects: readonly Json[];
}

/**
 * Runs the program again and says whether the state, the server and the program are one. A run may refuse where it names
 * what it found; then one of that is taken over, as it says.
 */
export async function judge(
  bench: Bench,
  host: string,
  emulator: Emulator,
  scenario: Scenario,
  struck: Run,
  expected: Outcome,
): Promise<Verdict> {
  const { definition, goal } = scenario;
  const life = await bench.begin(host);
  const next = await upTo(life, definition, struck.state, goal);
  const candidate = next.errors.map(candidateIn).find((id) => id !== undefined);
  const isRefused = goal !== undefined && candidate !== undefined && !mustConverge(definition);
  const last = isRefused
    ? await upTo(await bench.begin(host), definition, next.state, { ...goal, adopt: candidate })
    : next;
  emulator.settle();
  const problems = [
    ...last.errors,
    ...leaksIn(definition, [...struck.errors, ...next.errors, ...last.errors], [...struck.state, ...last.state]),
    ...untoldIn(definition, last.state),
    ...(await differences(life, scenario, last.state, isRefused ? candidate : undefined)),
  ];
  // What nobody can use any more may stay where the row names it.
  const isNamed = (id: string): boolean => !isTellable(definition) && namesRevocable(life.process.said, id);
  const objects = outcomeOf(emulator, scenario, isNamed).objects;
  const known = new Set(last.state.map(({ id }) => id));
  const strangers = idsIn(emulator, scenario).filter((id) => !known.has(id));
  const many = objects.length - expected.objects.length;
  if (!isDeepStrictEqual(objects, expected.objects))
    problems.push(`the server has ${JSON.stringify(objects)}, not ${JSON.stringify(expected.objects)}`);
  return {
    outcome: problems.length > 0 ? "stuck" : isRefused ? "refused" : "converged",
    orphans: many > 0 ? Math.min(many, strangers.length) : 0,
    duplicates: Math.max(many, 0),
    why: [
      ...problems,
      ...(problems.length > 0 || many > 0 ? ["struck:", ...struck.errors, "next:", ...next.errors] : []),
    ],
  };
}

/** Returns the objects of a scenario's kind as they count: without what differs from run to run, and what a deletion leaves. */
export const outcomeOf = (
  emulator: Emulator,
  { table, definition }: Scenario,
  isNamed: (id: string) => boolean = () => false,
): Outcome => ({
  objects: [table]
    .flat()
    .flatMap((each) => thereIn(emulator, each))
    .filter((object) => !isNamed(String(object.id)))
    .filter((object) => !isRetired(definition, object) && !isGone(definition, object, Date.now()))
    .map(plain)
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
});

/** Secret values and tokens that anybody could read. */
export const canaries = ["canary-", tokens.owner, classicTokens.owner];

function leaksIn(definition: Definition, texts: readonly string[], states: readonly Stored[]): string[] {
  const told = states.flatMap(({ outputs }) => toldSecrets(definition, inClear(outputs) as JsonObject));
  const places = [...texts, ...states.map(({ inputs, outputs }) => JSON.stringify(exposed({ inputs, outputs })))];
  const secrets = [...canaries, ...told];
  return places.filter((text) => secrets.some((secret) => text.includes(secret))).map((text) => `a secret in ${text}`);
}

/** What is told once and the state of the subject lacks. */
const untoldIn = ({ once = {} }: Definition, state: readonly Stored[]): string[] =>
  state
    .filter(({ name }) => name === subjectName)
    .flatMap(({ outputs }) => Object.keys(once).filter((name) => outputs[name] === undefined))
    .map((name) => `nothing has told ${name}`);

const idsIn = (emulator: Emulator, { table }: Scenario): string[] =>
  [table].flat().flatMap((each) => thereIn(emulator, each).map(({ id }) => String(id)));

/** Reads everything and runs the program once more, after which nothing may be different. */
async function differences(
  life: Life,
  { definition, goal }: Scenario,
  state: readonly Stored[],
  adopted: string | undefined,
): Promise<string[]> {
  const read = await refresh(life.provider, life.reading(state));
  const again = await upTo(life, definition, read.state, goal && { ...goal, ...(adopted && { adopt: adopted }) });
  const found = { read: read.operations, again: again.operations };
  const isThere = goal !== undefined;
  const wanted = isThere ? { [subjectName]: "same" } : {};
  const stored = shown(again.state[0]?.inputs ?? {});
  return [
    ...read.errors,
    ...again.errors,
    ...(isDeepStrictEqual(found, { read: wanted, again: wanted })
      ? []
      : [`the last run found ${JSON.stringify(found)}`]),
    ...(again.state.length === (isThere ? 1 : 0) ? [] : [`the state has ${again.state.length} resources`]),
    ...(isThere && Object.keys(stored).length === 0 ? ["the state has no inputs"] : []),
  ];
}

function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([name]) =>
            !/^encrypted|(Version|At|Since|Started|completionTime|[hH]ash|Url|Urls|creator|authNonce|annotations|startedBy|session|activitySignal)$/.test(
              name,
            ),
        )
        .map(([name, part]) => [name, plain(part)]),
    );
  return typeof value === "string" ? value.replace(anyId, "id") : value;
}

const anyId = /[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|\b[a-z]+-[a-z]+-[0-9a-z]{11}\b/g;
