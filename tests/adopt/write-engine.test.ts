import { projectOf } from "../../adopt/write";
import { callsOf, changesOf, openScene, outcomeOf } from "../engine/scene";
import { everyKind, linksOf } from "../kinds/every";
import { inYaml } from "../kinds/program";
import { inventoryIn } from "./inventory";

/** Kinds without an import, and one whose members are imported. */
const notImported = [
  "OrganizationInvite",
  "RunnerToken",
  "ActiveRunner",
  "TaskExecution",
  "WorkflowExecution",
  "AutomationsFile",
];

const importable = linksOf(everyKind).filter(({ kind }) => !notImported.includes(kind));

test.each(["yaml", "typescript"] as const)(
  "a project in %s of what an account has is imported and previews empty",
  async (language) => {
    const before = await openScene({ program: inYaml(linksOf(everyKind)) });
    expect(outcomeOf(await before.engine.up()).code).toBe(0);
    const inventory = await inventoryIn(before, importable);
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
