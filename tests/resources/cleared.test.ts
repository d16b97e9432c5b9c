import { check } from "../../provider/check/check";
import { identified } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { zero } from "../../provider/model/descriptor";
import { factsOf, type Unit } from "../../provider/model/shape";
import { group, securityPolicy, userBudget } from "../../provider/resources";
import { at, equal, type Json, type JsonObject, put, withoutAt } from "../../provider/value/json";
import { sample } from "../core/sample";
import { settle, subjects } from "../kinds/subject";
import { callsDuring, created, createScene, difference, ids, refreshed, type Scene, updated } from "./scene";

/** What an input may be turned into. */
type Turn = "stated as its zero" | "left out";

/** What becomes of it then. */
type Outcome = "replaced" | "refused" | "left as it is" | "cleared";

/** Values where the server does not take every one that the rules of the proto allow. */
const taken: { readonly [unit: string]: Json | ((scene: Scene) => Promise<Json>) } = {
  environmentClasses: [{ environmentClassId: ids.largeClass, order: 1 }],
  "metadata.triggeredBy": [{ postEnvironmentStart: true }],
  automations: { tasks: { lint: { name: "Lint", command: "npm run lint" } } },
  organizationId: ids.organization,
  minSize: 2,
  executor: { principal: "PRINCIPAL_USER", id: ids.owner },
  securityPolicyId: (scene) => idOf(scene, securityPolicy),
  "agentPolicy.scmToolsAllowedGroupId": (scene) => idOf(scene, group),
};

/** Inputs of which the server wants one, so that each is exchanged for another one and none is left out alone. */
const exchanged: { readonly [kind: string]: readonly string[] } = {
  UserBudget: ["monthlyCreditLimit", "monthlyCostLimitMicrounits", "noCap"],
};

/** Empty values that nobody means, since the server refuses them or takes its own in their place. */
const meaningless: readonly string[] = [
  "TeamCreditAllocation.costBudgetCurrency",
  "Workflow.executor",
  "Organization.name",
];

/** An empty message has one value only; what is given back once it is left out is tried in tests/kinds/given-back. */
const turnsOf = ({ kind }: Definition, { name, field, whenRemoved }: Unit): readonly Turn[] => [
  ...(meaningless.includes(`${kind}.${name}`) || field.message?.fields.length === 0
    ? []
    : ["stated as its zero" as const]),
  ...(whenRemoved === "restore" ? [] : ["left out" as const]),
];

const optional = subjects().flatMap(({ definition }) =>
  factsOf(definition)
    .units.filter(({ name, passive }) => !passive && !definition.required?.includes(name))
    .filter(({ name }) => name !== definition.phase?.desired && !exchanged[definition.kind]?.includes(name))
    .flatMap((unit) =>
      turnsOf(definition, unit).map((turn): [string, string, Turn, Definition, Unit] => [
        definition.kind,
        unit.name,
        turn,
        definition,
        unit,
      ]),
    ),
);

test.each(optional)(
  "%s: %s, once %s, is what the rules say, and stays so",
  async (_kind, _name, turn, definition, unit) => {
    const scene = createScene();
    const base = await inputsOf(scene, definition);
    const value = taken[unit.name] ?? sample(definition, unit.field, unit.path);
    const before = withValue(base, unit, typeof value === "function" ? await value(scene) : value);
    const after = turn === "left out" ? without(base, unit) : withValue(base, unit, zero(unit.field));

    const outcome = await turned(scene, definition, unit, before, after);

    expect(outcome).toBe(expected(definition, unit, turn, after));
  },
);

/** What the rules say: what no call takes replaces, and so does what no call can say to be empty. */
function expected(definition: Definition, unit: Unit, turn: Turn, after: JsonObject): Outcome {
  if (check(definition, after).failures.length > 0) return "refused";
  if (unit.extra?.on === "delete") return "left as it is";
  const advice = unit.whenRemoved;
  if (turn === "left out" && advice === "refuse") return "refused";
  if (turn === "left out" && advice) return advice === "leave" ? "left as it is" : "replaced";
  const isList = ["list", "map"].includes(unit.update?.field.fieldKind ?? "") && !definition.mergeBy?.[unit.name];
  return isList || !(unit.update || unit.extra) ? "replaced" : "cleared";
}

/** Makes an object with the input, changes that, and says what the server has then. */
async function turned(
  scene: Scene,
  definition: Definition,
  unit: Unit,
  before: JsonObject,
  after: JsonObject,
): Promise<Outcome> {
  if (check(definition, after).failures.length > 0) return "refused";
  // What the server would not take is compared only.
  const state = { inputs: before, outputs: {}, seen: { ready: true } };
  const refused = unit.whenRemoved === "refuse" && at(after, unit.path) === undefined;
  if (refused) {
    expect(() => difference(scene, definition, { id: "", state }, after)).toThrow(`${unit.name} cannot be removed`);
    return "refused";
  }
  if (difference(scene, definition, { id: "", state }, after).replaces.length > 0) return "replaced";
  const kept = await created(scene, definition, before);
  const calls = await callsDuring(scene, () => updated(scene, definition, kept, after));
  const first = difference(scene, definition, kept, after);
  await refreshed(scene, definition, kept);
  const second = difference(scene, definition, kept, after);
  expect([first.changes, first.unsettled, second.changes, second.unsettled]).toEqual([[], false, [], false]);
  if (Object.keys(calls).every((method) => /\/(Get|List)/.test(method))) return "left as it is";
  const object = definition.composed ? kept.state.outputs : await found(scene, definition, kept.id);
  const there = unit.remote && at(object, unit.remote);
  const isEmpty = there === undefined || equal(there, zero(unit.shown ?? unit.field)) || equal(there, {});
  return isEmpty ? "cleared" : "left as it is";
}

/** The object without the entries that the platform adds by itself. */
async function found(scene: Scene, definition: Definition, id: string): Promise<JsonObject> {
  const { table } = subjects().find((each) => each.definition === definition)!;
  scene.emulator.settle();
  const objects = [table].flat().flatMap((each) => scene.emulator.admin.objects(each) as JsonObject[]);
  const object = structuredClone(objects.find((each) => each.id === id || identified(definition, each).id === id)!);
  for (const [path, merge] of Object.entries(definition.mergeBy ?? {})) {
    const list = at(object, path.split("."));
    if (!Array.isArray(list)) continue;
    const users = list.filter((entry) => !merge?.platformKeys?.some((key) => equal(key, at(entry, [merge.key]))));
    put(object, path.split("."), users);
  }
  return object;
}

/** Makes an object that nothing else needs, and returns its id. */
async function idOf(scene: Scene, definition: Definition): Promise<string> {
  return (await created(scene, definition, subjects().find((each) => each.definition === definition)!.inputs)).id;
}

/** Inputs of a kind that the server takes, with what they live in. */
async function inputsOf(scene: Scene, definition: Definition): Promise<JsonObject> {
  const home = await settle(async (need) => (await created(scene, need.definition, need.inputs)).id);
  return subjects(home).find((each) => each.definition === definition)!.inputs;
}

function withValue(base: JsonObject, unit: Unit, value: Json): JsonObject {
  const inputs = structuredClone(base);
  put(inputs, unit.path, value);
  return inputs;
}

const without = (base: JsonObject, unit: Unit): JsonObject => withoutAt(base, unit.path);

test("what one of has to be there is exchanged for another one in place", async () => {
  const scene = createScene();
  const kept = await created(scene, userBudget, { mode: "credits", monthlyCreditLimit: "1000" });

  await updated(scene, userBudget, kept, { mode: "credits", noCap: true });
  await refreshed(scene, userBudget, kept);

  expect(kept.state.inputs).toEqual({ mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS", noCap: true });
  expect(kept.state.outputs).not.toHaveProperty("monthlyCreditLimit");
  expect(difference(scene, userBudget, kept, { mode: "credits", noCap: true }).changes).toEqual([]);
});
