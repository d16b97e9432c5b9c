import { ids, tokens } from "../../emulator";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { changesOf, openScene, outcomeOf, type Scene, stateOf, writesOf } from "../engine/scene";
import { type Every, everyKind, linksOf } from "../kinds/every";
import { inYaml } from "../kinds/program";

const programOf = (every: Every) => inYaml(linksOf(every));

test("what was changed by hand is seen by a refresh, property by property, and repaired by the next up", async () => {
  const scene = await openScene({ program: programOf(everyKind) });
  const { engine, emulator } = scene;
  await engine.up();
  const wanted = await inputsOf(scene);
  const state = await stateOf(scene);
  const id = (name: string) => state[name]?.id ?? "";
  emulator.admin.patch("projects", id("project"), { metadata: { name: "Renamed" } });
  emulator.admin.patch("services", id("service"), { spec: { commands: { start: "npm run other" } } });
  emulator.admin.patch("groups", id("group"), { description: "Write" });
  emulator.admin.remove("tasks", id("task"));
  writesOf(scene);

  const refresh = await engine.refresh();
  const written = changesOf(scene);
  const repair = outcomeOf(await engine.up());
  const settled = await engine.refresh();

  expect(refresh.differences).toMatchObject({
    project: { name: "update" },
    service: { "spec.commands.start": "update" },
    group: { description: "update" },
  });
  expect(written).toEqual([]);
  expect(repair).toMatchObject({
    code: 0,
    complaints: [],
    operations: { project: "update", service: "update", group: "update", task: "create", environment: "same" },
  });
  expect(await inputsOf(scene)).toMatchObject({
    project: wanted.project,
    service: wanted.service,
    group: wanted.group,
  });
  expect(Object.keys(settled.summary)).toEqual(["same"]);
});

test("a property that ignoreChanges names is left to others", async () => {
  const scene = await openScene({ program: programOf(everyKind) });
  const { engine } = scene;
  await engine.up();
  const group = {
    inputs: { ...everyKind.group?.inputs, description: "Write" },
    options: { ignoreChanges: ["description"] },
  };

  engine.write(programOf({ ...everyKind, group }));
  const up = outcomeOf(await engine.up());

  expect(up.operations.group).toBe("same");
});

test("a new token in the stack's settings is used by a refresh and a destroy, although the state holds the old one", async () => {
  const program = yaml({
    resources: { group: gitpod("Group", { organizationId: ids.organization, name: "Reviewers" }) },
  });
  const scene = await openScene({
    program,
    env: { GITPOD_API_KEY: "" },
    config: { "gitpod:token": { secret: tokens.owner } },
  });
  const { engine, emulator } = scene;
  await engine.up();
  emulator.admin.setToken(tokens.owner, { revoked: true });
  emulator.admin.setToken(tokens.readOnly, { readOnly: false });
  await engine.configure({ "gitpod:token": { secret: tokens.readOnly } });

  const refresh = outcomeOf(await engine.refresh());
  const destroy = outcomeOf(await engine.destroy());

  expect(refresh).toMatchObject({ code: 0, complaints: [] });
  expect(destroy).toMatchObject({ code: 0, complaints: [], operations: { group: "delete" } });
});

async function inputsOf(scene: Scene): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stateOf(scene)).map(([name, { inputs }]) => [name, inputs]));
}
