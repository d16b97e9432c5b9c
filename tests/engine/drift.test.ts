import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { adapters } from "../../tools/engine/program";
import { everyKind, programOf } from "./every-kind";
import { openScene, outcomeOf, type Scene, stateOf, writesOf } from "./scene";

const kinds = Object.keys(resources);
const quiet = { code: 0, complaints: [] };

/** What somebody changes by hand in the object of each kind that can be changed. */
const edits = {
  project: { metadata: { name: "Renamed" } },
  environment: { spec: { ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" }] } },
  service: { spec: { commands: { start: "npm run other" } } },
  task: { spec: { command: "npm run other" } },
  automationsFile: { metadata: { name: "Renamed" } },
  group: { description: "Write" },
  secret: { environmentVariable: null, filePath: "/run/token" },
} satisfies Record<string, JsonObject>;

const tables = {
  project: "projects",
  environment: "environments",
  service: "services",
  task: "tasks",
  taskExecution: "taskExecutions",
  automationsFile: "services",
  group: "groups",
  secret: "secrets",
} as const;

test.each(adapters)(
  "on the %s adapter what was changed by hand is seen by a refresh, property by property, and repaired by the next up",
  async (adapter) => {
    const scene = await openScene({ adapter, program: programOf(everyKind) });
    const { engine, emulator } = scene;
    await engine.up();
    const { secret: _, ...wanted } = await inputsOf(scene);
    for (const [kind, { id = "", outputs = {} }] of Object.entries(await stateOf(scene))) {
      const { worker = id } = (outputs.services ?? {}) as { worker?: string };
      if (kind in edits)
        emulator.admin.patch(tables[kind as keyof typeof edits], worker, edits[kind as keyof typeof edits]);
    }
    writesOf(scene);

    const refresh = await engine.refresh();
    const written = writesOf(scene);
    const repair = await engine.up();
    const settled = await engine.refresh();

    expect(refresh.differences).toEqual({
      project: { name: "update" },
      environment: { "spec.ports[0].admission": "update" },
      service: { "spec.commands.start": "update" },
      task: { "spec.command": "update" },
      automationsFile: { "automations.services.worker.name": "update" },
      group: { description: "update" },
      // Only the plugin can say at once that this replaces.
      secret: { environmentVariable: adapter === "plugin" ? "delete-replace" : "delete" },
    });
    expect(written).toEqual([]);
    expect(outcomeOf(repair)).toEqual({
      ...quiet,
      operations: {
        ...Object.fromEntries(Object.keys(edits).map((kind) => [kind, "update"])),
        taskExecution: "same",
        home: "same",
        secret: "replace",
      },
    });
    const { secret, ...repaired } = await inputsOf(scene);
    expect(repaired).toEqual(wanted);
    expect(settled.summary).toEqual({ same: kinds.length + 2 });
  },
);

test.each(adapters)("on the %s adapter what was deleted by hand is back after an up with refresh", async (adapter) => {
  const scene = await openScene({ adapter, program: programOf(everyKind) });
  const { engine, emulator } = scene;
  await engine.up();
  const before = await stateOf(scene);
  for (const kind of ["environment", "service", "task", "group", "secret", "project"] as const)
    emulator.admin.remove(tables[kind], before[kind]?.id ?? "");

  const restored = await engine.up("--refresh");
  const repeated = await engine.up();

  const after = await stateOf(scene);
  expect({ code: restored.code, complaints: outcomeOf(restored).complaints }).toEqual(quiet);
  expect(kinds.filter((kind) => after[kind]?.id === before[kind]?.id)).toEqual([]);
  expect(repeated.summary).toEqual({ same: kinds.length + 2 });
});

async function inputsOf(scene: Scene): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stateOf(scene)).map(([name, { inputs }]) => [name, inputs]));
}
