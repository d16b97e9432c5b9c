import type { TableName } from "../../emulator";
import { tablesOf } from "../../emulator/world";
import { check } from "../../provider/check/check";
import { identified } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { factsOf, type Unit } from "../../provider/model/shape";
import { at, equal, isObject, type JsonObject, put } from "../../provider/value/json";
import { adapters } from "../../tools/engine/program";
import { all, differencesOf, everyKind, everySubject, linksOf, updatedKind } from "../kinds/every";
import { inJavaScript } from "../kinds/program";
import { placed } from "../kinds/subject";
import { changesOf, openScene, outcomeOf, type Scene, stateOf, writesOf } from "./scene";

const quiet = { code: 0, complaints: [] };
const program = inJavaScript(linksOf(everyKind));
const settledSummary = { same: linksOf(everyKind).length + 1 };

/** What somebody changes by hand in the object of a kind, and what a refresh shows of that. */
interface Edit {
  readonly table: TableName;
  readonly change: JsonObject;
  readonly shown: Readonly<Record<string, string>>;
}

const written: Readonly<Record<string, Edit>> = {
  project: { table: "projects", change: { metadata: { name: "Renamed" } }, shown: { name: "update" } },
  environment: {
    table: "environments",
    change: { spec: { ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" }] } },
    shown: { "spec.ports[0].admission": "update" },
  },
  service: {
    table: "services",
    change: { spec: { commands: { start: "npm run other" } } },
    shown: { "spec.commands.start": "update" },
  },
  task: { table: "tasks", change: { spec: { command: "npm run other" } }, shown: { "spec.command": "update" } },
  automationsFile: {
    table: "services",
    change: { metadata: { name: "Renamed" } },
    shown: { "automations.services.worker.name": "update" },
  },
  secret: {
    table: "secrets",
    change: { environmentVariable: null, filePath: "/run/token" },
    shown: { environmentVariable: "delete" },
  },
};

/** The edits of all kinds that can be changed: of others, what an update would change and a read shows. */
const edits: Readonly<Record<string, Edit>> = Object.fromEntries(
  Object.entries(everySubject).flatMap(([name, { definition, table }]): [string, Edit][] => {
    const { units, writeOnly } = factsOf(definition);
    const isIn = (path: string, name: string): boolean =>
      path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`);
    const isShown = (path: string): boolean =>
      units.some(({ name, remote }) => remote !== undefined && isIn(path, name)) &&
      ![...writeOnly].some((hidden) => isIn(path, hidden));
    const changes = Object.entries(differencesOf(everyKind, updatedKind)[name] ?? {}).filter(([path]) => isShown(path));
    const [first] = [table].flat();
    const change = changeOf(
      units,
      ...[everyKind, updatedKind].map((every) => check(definition, every[name]!.inputs).inputs),
    );
    const derived = first && {
      table: first,
      change: rowChange(definition, change),
      shown: Object.fromEntries(changes),
    };
    const edit = written[name] ?? (changes.length > 0 ? derived : undefined);
    return edit ? [[name, edit]] : [];
  }),
);

/** What of an object is another in an update of its inputs. */
function changeOf(units: readonly Unit[], before: JsonObject = {}, after: JsonObject = {}): JsonObject {
  const change: JsonObject = {};
  for (const { path, remote } of units) {
    const value = at(after, path);
    if (remote && value !== undefined && !equal(at(before, path), value)) put(change, remote, value);
  }
  return change;
}

/** The change of a row: of what an answer carries, where the whole answer is the object. */
function rowChange(definition: Definition, change: JsonObject): JsonObject {
  const { get } = definition;
  const [carried] = get && factsOf(definition).resource === get.output ? get.output.fields : [];
  const inner = carried && change[carried.jsonName];
  return isObject(inner) ? inner : change;
}

/** Returns the id by which a table has an object that Pulumi may know by its address. */
function rowIdOf({ emulator }: Scene, table: TableName, definition: Definition, id: string): string {
  const { rows, write } = tablesOf(emulator.world)[table];
  const isIt = (remote: unknown): boolean => identified(definition, write(remote) as JsonObject, id).id === id;
  return rows.has(id) ? id : ([...rows].find(([, row]) => isIt(row.remote))?.[0] ?? id);
}

test.each(adapters)(
  "on the %s adapter what was changed by hand is seen by a refresh, property by property, and repaired by the next up",
  async (adapter) => {
    const scene = await openScene({ adapter, program });
    const { engine, emulator } = scene;
    await engine.up();
    const { secret: _, ...wanted } = await inputsOf(scene);
    const state = await stateOf(scene);
    const home = Object.fromEntries(Object.entries(state).map(([name, { id = "" }]) => [name, id]));
    for (const [name, { id = "", outputs = {} }] of Object.entries(state)) {
      const { worker = id } = (outputs.services ?? {}) as { worker?: string };
      const edit = edits[name];
      const { definition } = everySubject[name] ?? {};
      if (edit && definition)
        emulator.admin.patch(edit.table, rowIdOf(scene, edit.table, definition, worker), placed(edit.change, home));
    }
    writesOf(scene);

    const refresh = await engine.refresh();
    const writes = changesOf(scene);
    const repair = await engine.up();
    const settled = await engine.refresh();

    expect(refresh.differences).toEqual({
      ...Object.fromEntries(Object.entries(edits).map(([name, { shown }]) => [name, shown])),
      // Only the plugin can say at once that this replaces.
      secret: { environmentVariable: adapter === "plugin" ? "delete-replace" : "delete" },
    });
    expect(writes).toEqual([]);
    expect(outcomeOf(repair)).toEqual({
      ...quiet,
      operations: {
        ...all("same"),
        ...Object.fromEntries(Object.keys(edits).map((name) => [name, "update"])),
        secret: "replace",
      },
    });
    const { secret, ...repaired } = await inputsOf(scene);
    expect(repaired).toEqual(wanted);
    expect(settled.summary).toEqual(settledSummary);
  },
);

test.each(adapters)("on the %s adapter what was deleted by hand is back after an up with refresh", async (adapter) => {
  const scene = await openScene({ adapter, program });
  const { engine, emulator } = scene;
  await engine.up();
  const before = await stateOf(scene);
  const removed = Object.entries(everySubject).flatMap(([name, { definition, table }]) => {
    const { id = "" } = before[name] ?? {};
    const isThere = (one: TableName) => (emulator.admin.objects(one) as { id?: string }[]).some((row) => row.id === id);
    // What is always there goes for nobody.
    const stays = definition.phase?.ended !== undefined || !definition.create;
    const [found] = stays ? [] : [table].flat().filter(isThere);
    if (found) emulator.admin.remove(found, id);
    return found ? [name] : [];
  });

  const restored = await engine.up("--refresh");
  const repeated = await engine.up();

  const after = await stateOf(scene);
  expect({ code: restored.code, complaints: outcomeOf(restored).complaints }).toEqual(quiet);
  expect(removed).toEqual(expect.arrayContaining(["environment", "group", "project", "secret", "service", "task"]));
  const gone = [...removed, "taskExecution", "automationsFile"];
  expect(gone.filter((name) => after[name]?.id === before[name]?.id)).toEqual([]);
  expect(repeated.summary).toEqual(settledSummary);
});

async function inputsOf(scene: Scene): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stateOf(scene)).map(([name, { inputs }]) => [name, inputs]));
}
