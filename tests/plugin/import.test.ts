import { readFileSync } from "node:fs";
import { join } from "node:path";
import { yaml } from "../../tools/engine/yaml";
import { root } from "../../tools/root";
import { openScene, outcomeOf, type Scene, stateOf, writesOf } from "../engine/scene";
import { everyKind, linksOf } from "../kinds/every";
import { inJavaScript } from "../kinds/program";

const quietly = ["--yes", "--skip-preview", "--protect=false", "--out", "generated.yaml"];

test("what exists is imported into an empty stack, and the generated program then changes nothing", async () => {
  const { made, existing, scene } = await openScenes();
  const resources = ["Project", "Environment", "Service", "Task", "AutomationsFile", "Group"].map((kind) => {
    const name = `${kind[0]?.toLowerCase()}${kind.slice(1)}`;
    return { type: `gitpod:index:${kind}`, name, id: existing[name]?.id ?? "" };
  });
  scene.engine.write({ "import.json": JSON.stringify({ resources }) });
  writesOf(made);

  const imported = await scene.engine.run("import", "--file", "import.json", ...quietly);
  const state = await stateOf(scene);
  const generated = readFileSync(join(scene.engine.folder, "generated.yaml"), "utf8");
  const plugins = JSON.stringify({ providers: [{ name: "gitpod", path: join(root, "dist", "bin") }] });
  scene.engine.write({ "Pulumi.yaml": `name: test\nruntime: yaml\nplugins: ${plugins}\n${generated}` });
  const preview = outcomeOf(await scene.engine.preview());

  expect(imported.code).toBe(0);
  expect(idsOf(state)).toEqual(Object.fromEntries(resources.map(({ name, id }) => [name, id])));
  expect(preview).toEqual({
    code: 0,
    complaints: [],
    operations: Object.fromEntries(resources.map(({ name }) => [name, "same"])),
  });
  expect(writesOf(made)).toEqual([]);
});

test("a secret is imported by the scope and the id, and what does not exist is not imported", async () => {
  const { existing, scene } = await openScenes();
  const scope = `projectId/${existing.project?.id}`;

  const found = await scene.engine.run(
    "import",
    "gitpod:index:Secret",
    "secret",
    `${scope}/${existing.secret?.id}`,
    ...quietly,
  );
  const state = await stateOf(scene);
  const missing = await scene.engine.run(
    "import",
    "gitpod:index:Secret",
    "other",
    `${scope}/${existing.group?.id}`,
    ...quietly,
  );

  const bare = await scene.engine.run("import", "gitpod:index:Secret", "bare", `${existing.group?.id}`, ...quietly);

  expect(`${bare.stdout}${bare.stderr}`).toMatch(
    /is not found by its id alone: Secret is imported as scope\/id, such as projectId\/OWNER\/ID; the scope is one of projectId, /,
  );
  expect(found.code).toBe(0);
  expect(idsOf(state)).toEqual({ secret: existing.secret?.id });
  expect(state.secret?.inputs).toMatchObject({ name: "TOKEN", environmentVariable: true });
  expect(missing.code).not.toBe(0);
  expect(`${missing.stdout}${missing.stderr}`).toMatch(/does not exist/);
});

test("the CLI lists what can be imported, by the conditions of the API", async () => {
  const { existing, scene } = await openScenes();
  const { engine } = scene;
  engine.write({ "query.pp": `scope = { projectId = "${existing.project?.id}" }` });
  const list = async (kind: string, ...conditions: string[]) => {
    const source = join(root, "dist", "bin", "pulumi-resource-gitpod");
    const { stdout } = await engine.run("do", "--package", source, `gitpod:index:${kind}`, "list", ...conditions);
    return JSON.parse(stdout);
  };

  const groups = await list("Group", "--search", "review");
  const secrets = await list("Secret", "--input", "pcl", "--input-file", "query.pp");
  const resources = [
    { type: "gitpod:index:Group", name: "group", id: groups[0].id },
    { type: "gitpod:index:Secret", name: "secret", id: secrets[0].id },
  ];
  engine.write({ "import.json": JSON.stringify({ resources }) });
  const imported = await engine.run("import", "--file", "import.json", ...quietly);

  expect(groups).toEqual([{ id: existing.group?.id, name: "Reviewers" }]);
  expect(secrets).toEqual([{ id: `projectId/${existing.project?.id}/${existing.secret?.id}`, name: "TOKEN" }]);
  expect(imported.code).toBe(0);
  expect(idsOf(await stateOf(scene))).toEqual({ group: existing.group?.id, secret: existing.secret?.id });
});

/** A stack that has made one object of each kind, and an empty one on the plugin beside it. */
async function openScenes(): Promise<{ made: Scene; existing: Awaited<ReturnType<typeof stateOf>>; scene: Scene }> {
  const made = await openScene({ program: inJavaScript(linksOf(everyKind)) });
  await made.engine.up();
  const scene = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: made.host } });
  return { made, existing: await stateOf(made), scene };
}

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
