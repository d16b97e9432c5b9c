import { projectOf } from "../../adopt/write";
import { kindName } from "../../provider/model/module";
import { isObject, type Json } from "../../provider/value/json";
import { callsOf, changesOf, openScene, outcomeOf, type Scene, stateOf } from "../engine/scene";
import { everyKind, everySubject, linksOf } from "../kinds/every";
import { inYaml } from "../kinds/program";
import { inventoryOf, shown } from "./inventory";

/** Kinds without an import, and one whose members are imported. */
const notImported = [
  "OrganizationInvite",
  "RunnerToken",
  "ActiveRunner",
  "TaskExecution",
  "WorkflowExecution",
  "AutomationsFile",
];

test.each(["yaml", "typescript"] as const)(
  "a project in %s of what an account has is imported and previews empty",
  async (language) => {
    const before = await openScene({ program: inYaml(linksOf(everyKind)) });
    expect(outcomeOf(await before.engine.up()).code).toBe(0);
    const inventory = await inventoryFrom(before);
    const { engine } = await openScene({
      program: Object.fromEntries(projectOf(inventory, { language, name: "test", protect: true })),
      env: { GITPOD_BASE_URL: before.host, GITPOD_CLASSIC_HOST: before.host },
    });
    callsOf(before);

    const imported = await engine.run("import", "--file", "import.json", "--yes", "--generate-code=false");
    const preview = await engine.preview("--expect-no-changes");

    expect([imported.code, imported.stderr]).toEqual([0, ""]);
    expect(outcomeOf(preview)).toEqual({
      code: 0,
      complaints: [],
      operations: Object.fromEntries(Object.keys(preview.operations).map((name) => [name, "same"])),
    });
    expect(Object.keys(preview.operations)).toHaveLength(inventory.objects.length);
    expect(changesOf(before)).toEqual([]);
  },
);

async function inventoryFrom(scene: Scene) {
  const state = await stateOf(scene);
  const objects = linksOf(everyKind)
    .filter(({ kind }) => !notImported.includes(kind))
    .map(({ name, kind }) => {
      const subject = Object.values(everySubject).find(({ definition }) => kindName(definition) === kind);
      const found = state[name];
      if (!subject || found?.id === undefined) throw new Error(`no ${kind} ${name}`);
      const outputs = plain(found.outputs);
      return shown(subject.definition, { ...(isObject(outputs) && outputs), id: found.id });
    });
  return inventoryOf(...objects);
}

/** The state in clear has secrets in envelopes. */
function plain(value: unknown): Json {
  const copied: Json = JSON.parse(JSON.stringify(value));
  if (Array.isArray(copied)) return copied.map(plain);
  if (!isObject(copied)) return copied;
  if (typeof copied.plaintext === "string") return JSON.parse(copied.plaintext);
  return Object.fromEntries(Object.entries(copied).map(([key, each]) => [key, plain(each)]));
}
