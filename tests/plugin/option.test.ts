import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { gitpod, type YamlResource, yaml } from "../../tools/engine/yaml";
import { complaintsOf, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";

const group = (name: string, options: JsonObject, description = "First"): YamlResource =>
  gitpod("Group", { organizationId: ids.organization, name, description }, options);

const environment = (name: string, options?: JsonObject): YamlResource =>
  gitpod("Environment", { name, spec: { machine: { class: ids.smallClass } } }, options);

const task = (version: string): YamlResource =>
  gitpod(
    "Task",
    {
      environmentId: `\${home.id}`,
      metadata: { reference: "seed", name: "Seed", description: version },
      spec: { command: `seed ${version}`, env: [{ name: "VERSION", value: version }] },
    },
    { ignoreChanges: ["metadata.description", "spec.env[0].value"], deletedWith: `\${home}` },
  );

const constant = {
  home: environment("Home"),
  secretive: group("Secretive", { additionalSecretOutputs: ["description"] }),
  guarded: group("Guarded", { protect: true }),
  retained: group("Retained", { retainOnDelete: true }),
};

const first = yaml({
  resources: {
    ...constant,
    task: task("one"),
    replacing: group("Replacing", {}),
    "old-name": group("Renamed", {}),
  },
  outputs: { description: `\${secretive.description}` },
});

const second = yaml({
  resources: {
    ...constant,
    task: task("two"),
    replacing: group("Replacing", { replaceOnChanges: ["description"], deleteBeforeReplace: true }, "Second"),
    "new-name": group("Renamed", { aliases: [{ name: "old-name" }] }),
    slow: environment("stuck-starting", { customTimeouts: { create: "2s" } }),
  },
});

test("the options of resources do what they say", async () => {
  const scene = await openScene({ program: first });
  const { engine, emulator } = scene;

  const creation = await engine.up();
  const shown = JSON.parse((await engine.run("stack", "output", "--json")).stdout);
  const stored = (await engine.export()).deployment.resources?.find(({ urn }) => urn.endsWith("::secretive"));
  const before = await stateOf(scene);
  writesOf(scene);
  engine.write(second);
  const change = await engine.up();
  const writes = writesOf(scene);
  const after = await stateOf(scene);
  const [changed] = emulator.admin.objects("tasks") as JsonObject[];
  const refusal = await engine.destroy();
  await engine.run("state", "unprotect", "--all", "--yes");
  writesOf(scene);
  const destruction = outcomeOf(await engine.destroy());
  const deletions = writesOf(scene);

  expect(creation.code).toBe(0);
  expect(shown).toEqual({ description: "[secret]" });
  expect(stored?.outputs).toMatchObject({ name: "Secretive", description: { ciphertext: expect.any(String) } });
  expect(change.operations).toEqual({
    home: "same",
    secretive: "same",
    guarded: "same",
    retained: "same",
    task: "update",
    replacing: "replace",
    "new-name": "same",
    slow: "create",
  });
  expect(change.differences.task).toEqual({ "spec.command": "update" });
  expect(changed).toMatchObject({
    metadata: { description: "one" },
    spec: { command: "seed two", env: [{ name: "VERSION", value: "one" }] },
  });
  expect(after["new-name"]?.id).toBe(before["old-name"]?.id);
  expect(complaintsOf(change)).toEqual([
    expect.stringMatching(/^slow: .*did not reach RUNNING within \d s,/s),
    "update failed",
  ]);
  expect(writes).toEqual(
    expect.arrayContaining([
      "EnvironmentAutomationService/UpdateTask",
      "GroupService/DeleteGroup",
      "GroupService/CreateGroup",
      "EnvironmentService/CreateEnvironment",
    ]),
  );
  expect(complaintsOf(refusal)).toEqual([expect.stringContaining("protect"), "update failed"]);
  expect(destruction).toMatchObject({ code: 0, complaints: [] });
  expect(deletions).not.toContain("EnvironmentAutomationService/DeleteTask");
  expect(objectsOf(scene)).toEqual({ groups: 1 });
  expect(emulator.admin.objects("groups")).toEqual([expect.objectContaining({ name: "Retained" })]);
});
