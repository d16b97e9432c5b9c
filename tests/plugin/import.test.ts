import { programOf as dynamicProgramOf, everyKind } from "../engine/every-kind";
import { openScene, stateOf, writesOf } from "../engine/scene";
import { yaml } from "./program";

test("what exists is imported into an empty stack, and the imported program then changes nothing", async () => {
  const made = await openScene({ program: dynamicProgramOf(everyKind) });
  await made.engine.up();
  const existing = await stateOf(made);
  const id = (name: string) => existing[name]?.id ?? "";
  const scene = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: made.host } });
  const resources = [
    { type: "gitpod:index:Project", name: "project", id: id("project") },
    { type: "gitpod:index:Environment", name: "environment", id: id("environment") },
    { type: "gitpod:index:Service", name: "service", id: id("service") },
    { type: "gitpod:index:Task", name: "task", id: id("task") },
    { type: "gitpod:index:Group", name: "group", id: id("group") },
    { type: "gitpod:index:Secret", name: "secret", id: `projectId/${id("project")}/${id("secret")}` },
  ];
  scene.engine.write({ "import.json": JSON.stringify({ resources }) });
  made.emulator.admin.resetCalls();

  const imported = await scene.engine.run(
    "import",
    "--file",
    "import.json",
    "--yes",
    "--skip-preview",
    "--protect=false",
    "--out",
    "generated.yaml",
  );
  const state = await stateOf(scene);

  expect(imported.code).toBe(0);
  expect(Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]))).toEqual(
    Object.fromEntries(resources.map(({ name }) => [name, id(name)])),
  );
  expect(writesOf(made)).toEqual([]);
});
