import * as fc from "fast-check";
import type { Emulator, Fault, TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { environment, group, project, secret, service, task } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, ids, type Scene } from "../resources/scene";
import { type Run, refresh, type Stored, up } from "./engine";
import { inCore, resourceOf } from "./in-core";
import { candidateIn } from "./refusal";

jest.setTimeout(600_000);

/** Something that a program may have, what it may say of it, and what the server then has. */
interface Slot {
  readonly definition: Definition;
  readonly table: TableName;
  /** The inputs that a program may state, with the part of the object that they make. */
  readonly choices: (homeId: string) => readonly { readonly inputs: JsonObject; readonly object: JsonObject }[];
  /** What somebody may do to it by hand. */
  readonly drift: JsonObject;
}

const specs = [{ contextUrl: { url: "https://example.com/shop" } }];
const other = [{ contextUrl: { url: "https://example.com/other" } }];

const slots: Record<string, Slot> = {
  group: {
    definition: group as Definition,
    table: "groups",
    choices: () => [
      choice(
        { organizationId: ids.organization, name: "readers", description: "Read" },
        { name: "readers", description: "Read" },
      ),
      choice(
        { organizationId: ids.organization, name: "writers", description: "Read" },
        { name: "writers", description: "Read" },
      ),
      choice({ organizationId: ids.organization, name: "readers", description: "" }, { name: "readers" }),
    ],
    drift: { description: "by hand" },
  },
  project: {
    definition: project as Definition,
    table: "projects",
    choices: () => [
      choice({ name: "shop", initializer: { specs } }, { metadata: { name: "shop" }, initializer: { specs } }),
      choice({ name: "mall", initializer: { specs } }, { metadata: { name: "mall" }, initializer: { specs } }),
      choice({ name: "shop", initializer: { specs: other } }, { initializer: { specs: other } }),
    ],
    drift: { metadata: { name: "by hand" } },
  },
  secret: {
    definition: secret as Definition,
    table: "secrets",
    choices: () => [
      choice({ ...aSecret, value: "one" }, { name: "KEY", apiOnly: true }),
      choice({ ...aSecret, value: "two" }, { name: "KEY", apiOnly: true }),
      choice({ ...aSecret, name: "KEY_2", value: "one" }, { name: "KEY_2", apiOnly: true }),
    ],
    drift: {},
  },
  environment: {
    definition: environment as Definition,
    table: "environments",
    choices: () => [
      choice(anEnvironment("dev", ids.smallClass, "RUNNING"), isEnvironment("dev", ids.smallClass, "RUNNING")),
      choice(anEnvironment("dev", ids.smallClass, "STOPPED"), isEnvironment("dev", ids.smallClass, "STOPPED")),
      choice(anEnvironment("dev 2", ids.smallClass, "RUNNING"), isEnvironment("dev 2", ids.smallClass, "RUNNING")),
      choice(anEnvironment("dev", ids.largeClass, "RUNNING"), isEnvironment("dev", ids.largeClass, "RUNNING")),
    ],
    drift: { metadata: { name: "by hand" } },
  },
  task: {
    definition: task as Definition,
    table: "tasks",
    choices: (environmentId) =>
      ["true", "false"].map((command) =>
        choice(
          { environmentId, metadata: { reference: "seed", name: "Seed" }, spec: { command } },
          { metadata: { reference: "seed" }, spec: { command } },
        ),
      ),
    drift: { spec: { command: "by hand" } },
  },
  service: {
    definition: service as Definition,
    table: "services",
    choices: (environmentId) =>
      ["sleep infinity", "tail -f log"].map((start) =>
        choice(
          {
            environmentId,
            metadata: { reference: "web", name: "Web" },
            spec: { commands: { start }, desiredPhase: "RUNNING" },
          },
          { spec: { commands: { start } }, status: { phase: "SERVICE_PHASE_RUNNING" } },
        ),
      ),
    drift: { spec: { commands: { start: "by hand" } } },
  },
};
const names = Object.keys(slots);

const choice = (inputs: JsonObject, object: JsonObject) => ({ inputs, object });
const anEnvironment = (name: string, machine: string, phase: string) => ({
  name,
  spec: { desiredPhase: phase, machine: { class: machine } },
});
const isEnvironment = (name: string, machine: string, phase: string) => ({
  metadata: { name },
  spec: { machine: { class: machine } },
  status: { phase: `ENVIRONMENT_PHASE_${phase}` },
});

/** Something that happens to a stack. */
type Event =
  | { readonly does: "edit"; readonly slot: string; readonly choice: number }
  | { readonly does: "leave out" | "change by hand" | "delete by hand"; readonly slot: string }
  | { readonly does: "up" | "refresh"; readonly fault?: Omit<Fault, "method">; readonly kill?: Kill }
  | { readonly does: "restart" };

/** The end of the process at one of its next calls. */
interface Kill {
  readonly at: number;
  readonly moment: "before" | "after";
}

const fault = fc
  .tuple(
    fc.constantFrom<Omit<Fault, "method">>(
      { lost: "before" },
      { lost: "after" },
      { lost: "inside" },
      { malformed: true },
      { refuse: { code: "internal" } },
      { refuse: { code: "unavailable" } },
      { refuse: { code: "permission_denied" } },
      { refuse: { code: "resource_exhausted" } },
    ),
    fc.nat(6),
    fc.constantFrom(1, 1, 2, 1000),
  )
  .map(([what, after, times]) => ({ ...what, after, times }));
const kill = fc.record({ at: fc.nat(6), moment: fc.constantFrom<Kill["moment"]>("before", "after") });
const run = fc
  .tuple(
    fc.constantFrom<"up" | "refresh">("up", "up", "up", "refresh"),
    fc.oneof(
      fc.constant({}),
      fault.map((f) => ({ fault: f })),
      kill.map((k) => ({ kill: k })),
    ),
  )
  .map(([does, trouble]): Event => ({ does, ...trouble }));
const slot = fc.constantFrom(...names);
const edit = fc.record({ does: fc.constant("edit" as const), slot, choice: fc.nat(11) });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: edit },
  { weight: 4, arbitrary: run },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom<"leave out" | "change by hand" | "delete by hand">(
        "leave out",
        "change by hand",
        "delete by hand",
      ),
      slot,
    }),
  },
  { weight: 1, arbitrary: fc.constant<Event>({ does: "restart" }) },
);

test("whatever happens to a stack, a refresh and an up bring it to what the program says, with one object each", async () => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);
  process.stdout.write(`\nmodel: seed ${seed}\n`);

  await fc.assert(
    fc.asyncProperty(edit, fc.array(event, { minLength: 2, maxLength: 9 }), async (first, events) => {
      const model = await createModel();
      for (const each of [first, ...events]) await model.happen(each);

      const problems = await model.settle();

      expect(problems).toEqual([]);
    }),
    { numRuns: Number(process.env.FAULTS_RUNS ?? 500), seed, endOnFailure: process.env.FAULTS_SEED === undefined },
  );
});

/** A stack, what its program says, and what happens to it. */
async function createModel() {
  const scene = createScene();
  const home = await created(scene, environment as Definition, { spec: { machine: { class: ids.smallClass } } });
  const program = new Map<string, number>();
  const isOfHome = (id: string): boolean => id === home.id;
  const abandoned = new Set<string>();
  let adopted: Record<string, string> = {};
  let state: readonly Stored[] = [];

  const chosen = (name: string, number: number) => {
    const all = slots[name]!.choices(home.id);
    return all[number % all.length]!;
  };
  const resources = () =>
    [...program].map(([name, number]) =>
      resourceOf(slots[name]!.definition, name, {
        ...chosen(name, number).inputs,
        ...(adopted[name] && { adopt: adopted[name] }),
      }),
    );
  /** What an interrupted run has left is found again as long as neither it nor the program is changed. */
  const abandon = (name: string): void => {
    const known = new Set(state.map(({ id }) => id));
    for (const { id } of objectsIn(scene.emulator, slots[name]!.table))
      if (!known.has(String(id))) abandoned.add(String(id));
  };
  const restart = (): void => {
    scene.emulator.admin.clearFaults();
    scene.restart();
  };

  return {
    async happen(event: Event): Promise<void> {
      const { admin } = scene.emulator;
      switch (event.does) {
        case "edit":
          if (program.get(event.slot) !== event.choice) abandon(event.slot);
          return void program.set(event.slot, event.choice);
        case "leave out":
          abandon(event.slot);
          return void program.delete(event.slot);
        case "restart":
          return restart();
        case "change by hand":
        case "delete by hand": {
          const { table, drift } = slots[event.slot]!;
          const [found] = objectsIn(scene.emulator, table).filter(({ id }) => !isOfHome(String(id)));
          if (!found) return;
          abandon(event.slot);
          if (event.does === "delete by hand") admin.remove(table, String(found.id));
          else admin.patch(table, String(found.id), drift);
          return;
        }
        default: {
          scene.restart();
          if (event.fault) admin.fault({ ...event.fault, method: "*" });
          const killed = event.kill ? killAt(scene, event.kill) : survived;
          const provider = inCore(scene, killed);
          const { state: after } =
            event.does === "up" ? await up(provider, state, resources()) : await refresh(provider, state);
          state = after;
          killed.stop();
          restart();
        }
      }
    },

    /** Runs the program without trouble, and says what is not as it should be. */
    async settle(): Promise<string[]> {
      restart();
      const provider = inCore(scene, survived);
      const read = await refresh(provider, state);
      const first = await up(provider, read.state, resources());
      const last = await takenOver(first);
      const again = await up(inCore(scene, survived), last.state, resources());
      scene.emulator.settle();
      return [
        ...read.errors,
        ...last.errors,
        ...again.errors,
        ...Object.entries(again.operations).flatMap(([name, done]) =>
          done === "same" ? [] : [`${name}: ${done} again`],
        ),
        ...names.flatMap((name) => problemsOf(name, again.state)),
      ];
    },
  };

  /** Does as refusals say, as often as they come: takes over what they name, else deletes it. */
  async function takenOver(refused: Run, rounds = 3): Promise<Run> {
    const found = candidatesIn(refused);
    if (Object.keys(found).length === 0 || rounds === 0) return refused;
    scene.restart();
    adopted = { ...adopted, ...found };
    const adopting = await up(inCore(scene, survived), refused.state, resources());
    if (adopting.errors.length === 0) return adopting;
    for (const [name, id] of Object.entries(found)) {
      if (!adopting.errors.some((error) => error.startsWith(`${name}:`))) continue;
      scene.emulator.admin.remove(slots[name]!.table, id);
      delete adopted[name];
    }
    scene.restart();
    return takenOver(await up(inCore(scene, survived), adopting.state, resources()), rounds - 1);
  }

  function problemsOf(name: string, stored: readonly Stored[]): string[] {
    const { table } = slots[name]!;
    const number = program.get(name);
    const known = stored.filter((each) => each.name === name).map(({ id }) => id);
    const objects = objectsIn(scene.emulator, table)
      .filter(({ id }) => !isOfHome(String(id)))
      .filter(({ id }) => known.includes(String(id)) || !abandoned.has(String(id)));
    const wanted = number === undefined ? [] : [chosen(name, number).object];
    try {
      expect(objects).toMatchObject(wanted);
      expect(objects.map(({ id }) => id)).toEqual(known);
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  }
}

const aSecret = { name: "KEY", apiOnly: true, scope: { organizationId: ids.organization } };

/** What refusals name, by the resource. */
function candidatesIn({ errors }: Run): Record<string, string> {
  const found = errors.flatMap((error): [string, string][] => {
    const id = candidateIn(error);
    return id ? [[error.split(":")[0] ?? "", id]] : [];
  });
  return Object.fromEntries(found);
}

function objectsIn({ admin }: Emulator, table: TableName): JsonObject[] {
  return admin.objects(table) as JsonObject[];
}

const survived = { isKilled: () => false, stop: () => {} };

/** Ends the process at one of its next calls; says whether that has happened. */
function killAt({ emulator }: Scene, { at, moment }: Kill): { isKilled: () => boolean; stop: () => void } {
  let isDead = false;
  let calls = 0;
  const stop = emulator.admin.onCall((_, when) => {
    if (isDead) throw new Error("the process has ended");
    if (when !== moment || calls++ < at) return;
    isDead = true;
    if (when === "before") throw new Error("the process has ended");
  });
  return { isKilled: () => isDead, stop };
}
