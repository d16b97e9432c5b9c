import { ids, tokens } from "../../emulator";
import { type AdapterName, adapters } from "../../tools/engine/program";
import { everyKind, linksOf } from "../kinds/every";
import { inJavaScript } from "../kinds/program";
import {
  changesOf,
  complaintsOf,
  javascript,
  objectsOf,
  openScene,
  outcomeOf,
  type Scene,
  stateOf,
  writesOf,
} from "./scene";

/** Every kind, and what an adapter has to treat in its own way: accounts, parents, timeouts, secrets and former names. */
const program = (host: string) =>
  inJavaScript(
    linksOf(everyKind),
    `
const theirs = new gitpod.Provider("theirs", { token: "${tokens.stranger}", host: "${host}" });
const theirTeam = new pulumi.ComponentResource("acme:index:Team", "their-team", {}, { providers: [theirs] });
new gitpod.Group("their-group", { organizationId: "${ids.otherOrganization}", name: "Theirs" }, { parent: theirTeam });
new gitpod.Task("run", {
  environmentId: home.id,
  metadata: { reference: "run", name: "Run" },
  spec: { command: "true", env: [{ name: "TOKEN", value: pulumi.secret("canary-run") }] },
  run: { triggers: { data: "1" } },
}, { customTimeouts: { create: "5m", delete: "90s" }, aliases: [{ name: "earlier" }] });
`,
  );

test("a program moves to the plugin and back: everything is unchanged, and nothing is written", async () => {
  const scene = await openScene({ adapter: "dynamic", program: javascript("") });
  const { engine, host } = scene;
  engine.write(program(host));
  const created = outcomeOf(await engine.up());
  const before = await stateOf(scene);
  writesOf(scene);

  const moves = [];
  for (const adapter of ["plugin", "dynamic"] as const) moves.push(await move(scene, adapter));
  const after = await stateOf(scene);
  const destroyed = outcomeOf(await engine.destroy());

  expect(created).toMatchObject({ code: 0, complaints: [] });
  expect(moves).toEqual(Array(2).fill({ complaints: [], operations: ["same"], written: [] }));
  expect(withoutUrns(after)).toEqual(withoutUrns(before));
  expect(destroyed).toMatchObject({ code: 0, complaints: [] });
  expect(objectsOf(scene)).toEqual({});
});

test("what was made or changed on the plugin is refreshed and destroyed on the way back as everything else", async () => {
  const group = (name: string, description: string) =>
    `new gitpod.Group("${name}", { organizationId: "${ids.organization}", name: "${name}s", description: "${description}" });`;
  const scene = await openScene({ adapter: "dynamic", program: javascript(group("Reviewer", "Read")) });
  const { engine } = scene;
  await engine.up();
  await engine.configure({ "gitpod:adapter": "plugin" });
  engine.write(javascript(`${group("Reviewer", "Comment")}${group("Author", "Write")}`));
  await engine.up();
  writesOf(scene);

  const back = await move(scene, "dynamic");
  const { resources = [] } = (await engine.export()).deployment;
  const destroyed = outcomeOf(await engine.destroy());

  const ours = resources.filter(({ type }) => type.includes("gitpod:"));
  expect(ours.map(({ outputs }) => outputs?.__urn)).toEqual(ours.map(({ urn }) => urn));
  expect(ours).toHaveLength(2);
  expect(back).toEqual({ complaints: [], operations: ["same"], written: [] });
  expect(destroyed).toMatchObject({ code: 0, complaints: [] });
  expect(objectsOf(scene)).toEqual({});
});

test("what was imported on the plugin moves without a write, and what goes with the move is left alone", async () => {
  const group = (args: object, options = "{}") =>
    javascript(
      `new gitpod.Group("a", { organizationId: "${ids.organization}", name: "Reviewers", ...${JSON.stringify(args)} }, ${options});`,
    );
  const made = await openScene({ program: group({ description: "Read" }) });
  await made.engine.up();
  const { a } = await stateOf(made);
  const env = { GITPOD_BASE_URL: made.host };
  const scene = await openScene({ adapter: "plugin", program: group({}, `{ import: "${a?.id}" }`), env });
  const { engine } = scene;
  const run = async (args: object) => {
    engine.write(group(args));
    return { ...outcomeOf(await engine.up()), written: writesOf(made) };
  };
  await engine.up();
  await run({ description: "Read" });
  writesOf(made);

  await engine.configure({ "gitpod:adapter": "dynamic" });
  const moved = await run({});
  const refreshed = outcomeOf(await engine.refresh());
  const repeated = await run({});
  const stated = await run({ description: "Read" });
  const cleared = await run({});

  // What was imported has no code of the dynamic provider with it, which the first update brings.
  expect(moved).toEqual({ code: 0, complaints: [], operations: { a: "update" }, written: [] });
  expect(refreshed).toEqual({ code: 0, complaints: [], operations: { a: "same" } });
  expect(repeated).toEqual({ code: 0, complaints: [], operations: { a: "same" }, written: [] });
  expect(stated).toEqual({ code: 0, complaints: [], operations: { a: "update" }, written: [] });
  expect(cleared).toEqual({
    code: 0,
    complaints: [],
    operations: { a: "update" },
    written: ["GroupService/UpdateGroup"],
  });
});

/** The URN among the hidden keys is that of the last adapter that has written them. */
const withoutUrns = (state: object): unknown =>
  JSON.parse(JSON.stringify(state, (key, value) => (key === "__urn" ? undefined : value)));

/** Moves a stack to an adapter, which then reads everything anew; the first time it is previewed. */
async function move(scene: Scene, adapter: AdapterName) {
  const { engine } = scene;
  await engine.configure({ "gitpod:adapter": adapter });
  const runs = [await engine.preview(), await engine.up(), await engine.refresh()];
  return {
    complaints: runs.flatMap(complaintsOf),
    operations: [...new Set(runs.flatMap(({ summary }) => Object.keys(summary)))],
    written: changesOf(scene),
  };
}

test("a resource moves to the plugin and gets another name at once", async () => {
  const group = (name: string, opts: string) =>
    javascript(`new gitpod.Group("${name}", { organizationId: "${ids.organization}", name: "Reviewers" }, ${opts});`);
  const scene = await openScene({ adapter: "dynamic", program: group("old", "{}") });
  const { engine } = scene;
  await engine.up();
  writesOf(scene);

  await engine.configure({ "gitpod:adapter": "plugin" });
  engine.write(group("new", '{ aliases: [{ name: "old" }] }'));
  const moved = outcomeOf(await engine.up());

  expect(moved).toEqual({ code: 0, complaints: [], operations: { new: "same" } });
  expect(writesOf(scene)).toEqual([]);
});

test("where Pulumi would not find the plugin, the program says where it is", async () => {
  const scene = await openScene({
    program: javascript(`new gitpod.Group("a", { organizationId: "${ids.organization}", name: "Reviewers" });`),
    config: { "gitpod:adapter": "plugin" },
  });

  const preview = await scene.engine.preview();

  expect(preview.code).not.toBe(0);
  expect(complaintsOf(preview)).toEqual([
    expect.stringMatching(
      /^The setting gitpod:adapter is "plugin", but .*path: node_modules\/pulumi-gitpod\/dist\/bin$/s,
    ),
  ]);
});

test("another adapter is refused with those that there are", async () => {
  const scene = await openScene({
    program: javascript(`new gitpod.Group("a", { organizationId: "${ids.organization}", name: "Reviewers" });`),
    config: { "gitpod:adapter": "grpc" },
  });

  const preview = await scene.engine.preview();

  const message = 'The setting gitpod:adapter is "grpc": it must be "dynamic" or "plugin".';
  expect(complaintsOf(preview)).toEqual(expect.arrayContaining([message]));
  expect(adapters.filter((adapter) => !message.includes(`"${adapter}"`))).toEqual([]);
});
