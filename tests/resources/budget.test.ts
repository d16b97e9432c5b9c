import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settleHome } from "../../bench/home";
import { type Inputs, type Kind, kinds, type Variant } from "../../bench/kinds";
import { parentsOf } from "../../bench/resources";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import {
  automationsFile,
  environment,
  group,
  project,
  secret,
  service,
  task,
  taskExecution,
} from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { root } from "../../tools/root";
import { callsDuring, created, createScene, ids, refreshed, removed, type Scene, sceneFor, updated } from "./scene";

const shop = { name: "shop", initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] } };
const mall = { specs: [{ contextUrl: { url: "https://example.com/mall" } }] };
const classes = { environmentClasses: [{ environmentClassId: ids.smallClass, order: 1 }] };
const otherClasses = { environmentClasses: [{ environmentClassId: ids.largeClass, order: 1 }] };
const editors = { recommendedEditors: { editors: { vscode: { versions: [] } } } };
const dev = { name: "dev", spec: { desiredPhase: "RUNNING", machine: { class: ids.smallClass } } };
const ports = [{ port: 3000, name: "web", admission: "EVERYONE" }];
const team = { organizationId: ids.organization, name: "team" };
const key = { name: "KEY", value: "one", apiOnly: true, scope: { organizationId: ids.organization } };
const seed = { metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } };
const web = {
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "sleep infinity" }, desiredPhase: "RUNNING" },
};
const file = {
  automations: {
    tasks: { seed: { name: "Seed", command: "true" }, lint: { name: "Lint", command: "npm run lint" } },
  },
};

/** What is done with an object, told by the kind, the operation, and the inputs before and after it. */
type Story = readonly [definition: Definition, operation: string, before: JsonObject, after?: JsonObject];

const everyDefinition: readonly Definition[] = Object.values(resources);

/** Inputs that name an environment or a task get those of the scene. */
const stories: readonly Story[] = [
  [project, "create", shop],
  [project, "create with classes", { ...shop, ...classes }],
  [project, "create with editors", { ...shop, ...editors }],
  [project, "refresh", shop],
  [project, "update of its name", shop, { ...shop, name: "mall" }],
  [project, "update of its initializer", shop, { ...shop, initializer: mall }],
  [project, "update of its classes", { ...shop, ...classes }, { ...shop, ...otherClasses }],
  [project, "delete", shop],
  [environment, "create", dev],
  [environment, "refresh", dev],
  [environment, "update of its name", dev, { ...dev, name: "dev 2" }],
  [environment, "update of its ports", dev, { ...dev, spec: { ...dev.spec, ports } }],
  [environment, "stop", dev, { ...dev, spec: { ...dev.spec, desiredPhase: "STOPPED" } }],
  [environment, "delete", dev],
  [environment, "delete of unsaved work", { ...dev, discardUnsavedWork: true }],
  [service, "create", web],
  [service, "refresh", web],
  [service, "update of its name", web, { ...web, metadata: { ...web.metadata, name: "The web" } }],
  [service, "update of its command", web, { ...web, spec: { ...web.spec, commands: { start: "tail -f log" } } }],
  [service, "stop", web, { ...web, spec: { ...web.spec, desiredPhase: "STOPPED" } }],
  [service, "delete", web],
  [task, "create", seed],
  [task, "refresh", seed],
  [task, "update", seed, { ...seed, spec: { command: "false" } }],
  [task, "delete", seed],
  [taskExecution, "create", {}],
  [taskExecution, "refresh", {}],
  [taskExecution, "delete", {}],
  [automationsFile, "create", file],
  [automationsFile, "refresh", file],
  [
    automationsFile,
    "update that deletes",
    file,
    { automations: { tasks: { seed: { name: "Seed", command: "false" } } } },
  ],
  [automationsFile, "delete", { automations: { tasks: { seed: { name: "Seed", command: "true" } } } }],
  [group, "create", team],
  [group, "refresh", team],
  [group, "update of its description", team, { ...team, description: "Those who read" }],
  [group, "update of its name alone", team, { ...team, name: "readers" }],
  [group, "delete", team],
  [secret, "create", key],
  [secret, "refresh", key],
  [secret, "update", key, { ...key, value: "two" }],
  [secret, "delete", key],
];

test("one object costs the calls that the document says, and no more", async () => {
  const measured: string[] = [];
  for (const [definition, operation, before, after] of stories)
    measured.push(`${kindName(definition)} | ${operation} | ${await callsOf(definition, operation, before, after)}`);
  for (const definition of others)
    for (const operation of ["create", "refresh", "update", "delete"] as const) {
      const calls = await callsOfPlain(definition, operation);
      if (calls !== "") measured.push(`${kindName(definition)} | ${operation} | ${calls}`);
    }

  expect(measured).toEqual(documented());
});

test.each(everyDefinition.map((each) => [kindName(each), each] as const))(
  "an update of %s that changes nothing makes no call",
  async (_, definition) => {
    const { scene, inputs } = await homed(definition);
    const kept = await created(scene, definition, inputs(1));

    const calls = await callsDuring(scene, () => updated(scene, definition, kept, inputs(1)));

    expect(calls).toEqual({});
  },
);

/** The rows of the table of calls in the document, without their reasons. */
function documented(): string[] {
  const page = readFileSync(join(root, "docs", "performance.md"), "utf8");
  const lines = page.split("\n## Calls\n")[1]?.split("\n## ")[0]?.split("\n") ?? [];
  const rows = lines.filter((line) => line.startsWith("| ")).map((line) => line.split("|").map((cell) => cell.trim()));
  return rows
    .filter((cells) => cells.length === 6)
    .map((cells) => cells.slice(1, 4).join(" | "))
    .filter((row) => !row.startsWith("kind |") && !/^-/.test(row));
}

/** The kinds of which one story of each operation says all. */
const others = everyDefinition.filter((definition) => !stories.some(([told]) => told === definition));

/** A scene with what objects of a kind live in, and the inputs of several. */
async function homed(definition: Definition) {
  const kind = kindName(definition) as Kind;
  const scene = sceneFor(definition);
  const home = await settleHome(scene.emulator, parentsOf(kind, 2));
  const inputsOf: Inputs = kinds[kind];
  return { scene, inputs: (number: number, variant: Variant = "first") => inputsOf(number, variant, home) };
}

/** Does it with an object of a kind that needs no words, after another one that is gone again. */
async function callsOfPlain(
  definition: Definition,
  operation: "create" | "refresh" | "update" | "delete",
): Promise<string> {
  const { scene, inputs } = await homed(definition);
  await removed(scene, definition, await created(scene, definition, inputs(0)));
  const kept = operation === "create" ? undefined : await created(scene, definition, inputs(1));
  const calls = callsIn(scene);
  if (!kept) await created(scene, definition, inputs(1));
  else if (operation === "refresh") await refreshed(scene, definition, kept);
  else if (operation === "delete") await removed(scene, definition, kept);
  else await updated(scene, definition, kept, inputs(1, "changed"));
  return calls.join(", ");
}

/** Notes the calls from now on in their order; the world comes to rest after each. */
function callsIn({ emulator }: Scene): readonly string[] {
  const calls: string[] = [];
  emulator.admin.onCall((method, moment) => {
    if (moment === "after") emulator.settle();
    else if (!method.endsWith("/WatchEvents")) calls.push(method.replace(/.*\//, ""));
  });
  return calls;
}

/** Does it with an object in a scene where everybody has come to rest, and returns the calls in their order. */
async function callsOf(definition: Definition, operation: string, before: JsonObject, after = before): Promise<string> {
  const scene = createScene();
  const host = await created(scene, environment, { ...dev, name: "host" });
  const step = await created(scene, task, {
    ...seed,
    metadata: { reference: "step", name: "S" },
    environmentId: host.id,
  });
  const inputs = (stated: JsonObject): JsonObject => {
    if (definition === taskExecution) return { ...stated, taskId: step.id };
    const isInside = [service, task, automationsFile].some((each) => each === definition);
    return isInside ? { ...stated, environmentId: host.id } : stated;
  };
  // What comes once per process comes with the first object.
  await created(scene, definition, inputs(renamed(before)));
  const kept = operation.startsWith("create") ? undefined : await created(scene, definition, inputs(before));
  const calls = callsIn(scene);
  if (!kept) await created(scene, definition, inputs(before));
  else if (operation === "refresh") await refreshed(scene, definition, kept);
  else if (operation.startsWith("delete")) await removed(scene, definition, kept);
  else await updated(scene, definition, kept, inputs(after));
  return calls.join(", ");
}

/** The same inputs under a name that another object has. */
const renamed = (inputs: JsonObject): JsonObject => ({
  ...inputs,
  ...("name" in inputs && { name: "other" }),
  ...("automations" in inputs && { automations: {} }),
  ...("metadata" in inputs && { metadata: { reference: "other", name: "Other" } }),
});
