import { ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, complaintsOf, javascript, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "./scene";

const group = (name: string, args: string, opts = "{}") =>
  `new gitpod.Group("${name}", { organizationId: "${ids.organization}", ${args} }, ${opts});`;

test.each(adapters)(
  "on the %s adapter ignoreChanges, aliases, replaceOnChanges and protect do what they say",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(
        [
          group("ignoring", 'name: "Ignoring", description: "First"'),
          group("old-name", 'name: "Renamed"'),
          group("replacing", 'name: "Replacing", description: "First"'),
          group("protected", 'name: "Protected"', "{ protect: true }"),
        ].join("\n"),
      ),
    });
    const { engine } = scene;
    await engine.up();
    const before = await stateOf(scene);
    callsOf(scene);

    engine.write(
      javascript(
        [
          group("ignoring", 'name: "Ignoring", description: "Second"', '{ ignoreChanges: ["description"] }'),
          group("new-name", 'name: "Renamed"', '{ aliases: [{ name: "old-name" }] }'),
          group(
            "replacing",
            'name: "Replacing", description: "Second"',
            '{ replaceOnChanges: ["description"], deleteBeforeReplace: true }',
          ),
          group("protected", 'name: "Protected"', "{ protect: true }"),
        ].join("\n"),
      ),
    );
    const changed = outcomeOf(await engine.up());
    const calls = writesOf(scene);
    const after = await stateOf(scene);
    const destruction = await engine.destroy();

    expect(changed).toEqual({
      code: 0,
      operations: { ignoring: "same", "new-name": "same", replacing: "replace", protected: "same" },
      complaints: [],
    });
    expect(calls).toEqual(["GroupService/DeleteGroup", "GroupService/CreateGroup"]);
    expect(after["new-name"]?.id).toBe(before["old-name"]?.id);
    expect(destruction.code).toBe(1);
    expect(complaintsOf(destruction)).toEqual([expect.stringContaining("protect"), "update failed"]);
  },
);

test.each(adapters)(
  "on the %s adapter what is deleted with its environment is not deleted by itself",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(`
const environment = new gitpod.Environment("environment", { spec: { machine: { class: "${ids.smallClass}" } } });
new gitpod.Task("task", {
  environmentId: environment.id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
  run: {},
}, { deletedWith: environment });`),
    });
    const { engine } = scene;
    await engine.up();
    callsOf(scene);

    const destruction = await engine.destroy();

    expect(destruction.code).toBe(0);
    expect(callsOf(scene)).not.toHaveProperty(["EnvironmentAutomationService/DeleteTask"]);
    expect(objectsOf(scene)).toEqual({});
  },
);

test.each(adapters)("on the %s adapter a timeout that is no duration is refused at preview", async (adapter) => {
  const program = javascript(group("reviewers", 'name: "Reviewers"', '{ customTimeouts: { create: "soon" } }'));
  const { engine } = await openScene({ adapter, program });

  const preview = await engine.preview();

  expect(complaintsOf(preview)).toEqual([
    expect.stringContaining('customTimeouts.create: must be a duration such as "90s", "30m" or "1h30m"'),
  ]);
});

test("on the plugin the option import takes over what exists, without a call that writes", async () => {
  const scene = await openScene({ adapter: "plugin", program: javascript(group("made", 'name: "Reviewers"')) });
  const { engine } = scene;
  await engine.up();
  const { made } = await stateOf(scene);
  const urn = (await engine.export()).deployment.resources?.find(({ id }) => id === made?.id)?.urn ?? "";
  await engine.run("state", "delete", urn, "--yes");
  writesOf(scene);

  engine.write(javascript(group("taken", 'name: "Reviewers"', `{ import: "${made?.id}" }`)));
  const imported = outcomeOf(await engine.up());
  const repeated = outcomeOf(await engine.up());
  const { taken } = await stateOf(scene);

  expect(imported).toEqual({ code: 0, operations: { taken: "import" }, complaints: [] });
  expect(repeated).toEqual({ code: 0, operations: { taken: "same" }, complaints: [] });
  expect(taken?.id).toBe(made?.id);
  expect(writesOf(scene)).toEqual([]);
});
