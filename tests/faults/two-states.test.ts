import * as fc from "fast-check";
import type { TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { environment, group, project, secret, service, task, taskExecution } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, ids, type Scene } from "../resources/scene";
import { type Resource, refresh, type Stored, up } from "./engine";
import { inCore, resourceOf } from "./in-core";

jest.setTimeout(600_000);

const specs = [{ contextUrl: { url: "https://example.com/shop" } }];
const small = { machine: { class: ids.smallClass } };

/** What both states have, under the same names. */
const kinds: readonly [Definition, (home: Home) => JsonObject][] = [
  [environment as Definition, () => ({ name: "dev", spec: small })],
  [project as Definition, () => ({ name: "shop", initializer: { specs } })],
  [group as Definition, () => ({ organizationId: ids.organization, name: "readers" })],
  [
    secret as Definition,
    () => ({ name: "KEY", value: "v", apiOnly: true, scope: { organizationId: ids.organization } }),
  ],
  [
    service as Definition,
    ({ environmentId }) => ({
      environmentId,
      metadata: { reference: "web", name: "Web" },
      spec: { commands: { start: "sleep infinity" } },
    }),
  ],
  [
    task as Definition,
    ({ environmentId }) => ({ environmentId, metadata: { reference: "a", name: "A" }, spec: { command: "true" } }),
  ],
  [taskExecution as Definition, ({ taskId }) => ({ taskId })],
];
const tables: readonly TableName[] = [
  "environments",
  "projects",
  "groups",
  "secrets",
  "services",
  "tasks",
  "taskExecutions",
];

/** What the services, tasks and executions of a state live in. */
interface Home {
  readonly environmentId: string;
  readonly taskId: string;
}

/** What somebody does with one of the states. */
interface Action {
  readonly state: 0 | 1;
  readonly does: "up" | "replace" | "taint" | "rename" | "retain" | "state delete" | "destroy" | "refresh";
  /** The number of the kind that it is about. */
  readonly kind: number;
  /** Whether a replacement deletes first. */
  readonly deletesFirst: boolean;
  /** The call of the run at which its process is killed. */
  readonly kill?: { readonly at: number; readonly moment: "before" | "after" } | undefined;
}

const action: fc.Arbitrary<Action> = fc.record({
  state: fc.constantFrom(0 as const, 1 as const),
  does: fc.constantFrom<Action["does"]>(
    ...(["up", "up", "up", "replace", "taint", "rename", "retain", "state delete", "destroy", "refresh"] as const),
  ),
  kind: fc.nat(kinds.length - 1),
  deletesFirst: fc.boolean(),
  kill: fc.option(fc.record({ at: fc.nat(25), moment: fc.constantFrom("before" as const, "after" as const) }), {
    nil: undefined,
    freq: 2,
  }),
});

test.each([
  ["the plugin, which knows its state", ["one", "two"]],
  ["the dynamic adapter, which does not", [undefined, undefined]],
] as const)("on %s no run deletes, changes or takes what another state holds", async (name, stateIds) => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);
  process.stdout.write(`\ntwo states on ${name}: seed ${seed}\n`);

  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.array(action, { minLength: 3, maxLength: 12 }), async (lag, actions) => {
      const world = await createWorld(stateIds);
      world.scene.emulator.admin.lag(lag);
      for (const each of actions) expect(await world.act(each)).toEqual([]);
    }),
    { numRuns: Number(process.env.FAULTS_RUNS ?? 150), seed, endOnFailure: process.env.FAULTS_SEED === undefined },
  );
});

/** One server, and two states of the same program. */
async function createWorld(stateIds: readonly (string | undefined)[]) {
  const scene = createScene();
  const homes = [await createHome(scene), await createHome(scene)];
  const states: (readonly Stored[])[] = [[], []];
  const names = [kinds.map(() => "one"), kinds.map(() => "one")];
  const tainted = new Set<Stored>();

  const programOf = (state: number, { does, kind, deletesFirst }: Action): Resource[] =>
    kinds.map(([definition, inputs], number) => {
      const resource = resourceOf(
        definition,
        `${kindName(definition)}-${names[state]![number]}`,
        inputs(homes[state]!),
      );
      const isReplaced =
        (does === "replace" && number === kind) || [...tainted].some(({ urn }) => urn === resource.urn);
      return { ...resource, isReplaced, deletesFirst };
    });
  const run = async (state: number, action: Action, program: readonly Resource[] | "read"): Promise<void> => {
    scene.restart();
    const killed = killAt(scene, action.kill, stateIds[state] !== undefined);
    const provider = inCore(scene, { isKilled: killed.isKilled, stateId: stateIds[state] });
    const before = states[state]!;
    const after = program === "read" ? await refresh(provider, before) : await up(provider, before, program);
    states[state] = after.state;
    killed.stop();
  };

  return {
    scene,
    /** Does it, and says what has become of that which the other state holds. */
    async act(action: Action): Promise<string[]> {
      const { state, does, kind } = action;
      const other = 1 - state;
      const held = heldBy(states[other]!);
      const before = contentOf(scene, held);
      const mine = states[state]!.filter((each) => each.type === kindName(kinds[kind]![0]));
      if (does === "taint") for (const each of mine) tainted.add(each);
      if (does === "retain" || does === "state delete")
        states[state] = states[state]!.filter((each) => !mine.includes(each));
      if (does === "rename") names[state]![kind] = names[state]![kind] === "one" ? "two" : "one";
      if (does === "refresh") await run(state, action, "read");
      else if (does === "destroy") await run(state, action, []);
      else if (does !== "state delete") await run(state, action, programOf(state, action));
      for (const each of mine) tainted.delete(each);
      const shared = heldBy(states[state]!).filter((id) => held.includes(id));
      const after = contentOf(scene, held);
      return [
        ...shared.map((id) => `${id} is held by both`),
        ...held
          .filter((id) => before.get(id) !== after.get(id))
          .map((id) => `${id} was ${before.get(id)}, is ${after.get(id)}`),
      ];
    },
  };
}

async function createHome(scene: Scene): Promise<Home> {
  const { id: environmentId } = await created(scene, environment as Definition, { spec: small });
  const home = { environmentId, metadata: { reference: "home", name: "Home" }, spec: { command: "true" } };
  return { environmentId, taskId: (await created(scene, task as Definition, home)).id };
}

const heldBy = (state: readonly Stored[]): string[] =>
  state.filter(({ isLeft }) => isLeft !== "to make").map(({ id }) => id);

/** Objects as they were made, without what moves by itself. */
function contentOf({ emulator }: Scene, wanted: readonly string[]): Map<string, string> {
  emulator.settle();
  const objects = tables.flatMap((table) => [...emulator.admin.objects(table)] as JsonObject[]);
  return new Map(
    objects
      .filter(({ id }) => wanted.includes(String(id)))
      .map(({ id, status: _status, usedBy: _used, memberCount: _count, ...content }) => [
        String(id),
        JSON.stringify(content),
      ]),
  );
}

/**
 * Ends the process at one of its next calls. Without a state's id nothing tells a process that was killed before it could
 * acknowledge what Pulumi had stored already from one that was killed before.
 */
function killAt({ emulator }: Scene, kill: Action["kill"], isToldItsState: boolean) {
  let isDead = false;
  let calls = 0;
  const stop = emulator.admin.onCall((method, when) => {
    if (!kill || (!isToldItsState && method === "EnvironmentService/MarkEnvironmentActive")) return;
    if (isDead) throw new Error("the process has ended");
    if (when !== kill.moment || calls++ < kill.at) return;
    isDead = true;
    if (when === "before") throw new Error("the process has ended");
  });
  return { isKilled: () => isDead, stop };
}
