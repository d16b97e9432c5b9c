import { ids } from "../../emulator";
import { CheckRequest_AutonamingOptions_Mode as Mode } from "../../proto/gen/pulumi/provider_pb";
import type { Definition } from "../../provider/model/definition";
import { named } from "../../provider/plugin/autoname";
import { parted } from "../../provider/pulumi/stored-properties";
import { environment, group, project, secret, service, task, taskExecution } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { openScene, outcomeOf, type Scene, stateOf, writesOf } from "../engine/scene";

const { PROPOSE, ENFORCE, DISABLE } = Mode;
const proposing = { mode: PROPOSE, proposedName: "proposed-4f" };
const enforcing = { mode: ENFORCE, proposedName: "enforced" };
const disabling = { mode: DISABLE, proposedName: "" };
const long = "x".repeat(100);

const table: [string, Definition, Given, unknown][] = [
  ["a project has the name of its resource", project, { of: "shop" }, "shop"],
  ["so has a group", group, { of: "reviewers" }, "reviewers"],
  ["a name may contain what separates the parts of a URN", group, { of: "a::b" }, "a::b"],
  ["one that is too short gets an ending", group, { of: "qa" }, expect.stringMatching(/^qa-[0-9a-f]{7}$/)],
  ["one that is too long is cut", project, { of: long }, expect.stringMatching(/^x{72}-[0-9a-f]{7}$/)],
  ["what is stated stays", project, { of: "shop", news: { name: "Shop" }, settings: enforcing }, "Shop"],
  ["also when it is empty, which is refused", project, { of: "shop", news: { name: "" } }, ""],
  ["what has a name keeps it", project, { of: "shop", olds: { name: "Old" }, settings: proposing }, "Old"],
  ["what is taken over keeps its own", project, { of: "shop", news: { adopt: ids.owner } }, undefined],
  ["a proposed name is taken", project, { of: "shop", settings: proposing }, "proposed-4f"],
  [
    "and brought into the rules",
    group,
    { of: "shop", settings: { mode: PROPOSE, proposedName: "qa" } },
    expect.stringMatching(/^qa-[0-9a-f]{7}$/),
  ],
  ["an enforced name is taken as it is", group, { of: "shop", settings: { ...enforcing, proposedName: "qa" } }, "qa"],
  ["without names by Pulumi the program has to name", project, { of: "shop", settings: disabling }, undefined],
  ["an environment is named by the API", environment, { of: "demo" }, undefined],
  ["unless the stack's settings name it", environment, { of: "demo", settings: proposing }, "proposed-4f"],
  ["but not once it has a name", environment, { of: "demo", olds: { spec: {} }, settings: proposing }, undefined],
  ["the name of a secret is that of a variable", secret, { of: "TOKEN", settings: proposing }, undefined],
  ["a service has none at the top", service, { of: "web", settings: proposing }, undefined],
  ["nor has a task", task, { of: "seed", settings: proposing }, undefined],
  ["nor has an execution", taskExecution, { of: "run", settings: proposing }, undefined],
];

interface Given {
  of: string;
  news?: JsonObject;
  olds?: JsonObject;
  settings?: Parameters<typeof named>[4];
}

test.each(table)("%s", (_, definition, { of, news = {}, olds = {}, settings }, expected) => {
  const urn = `urn:pulumi:test::test::gitpod:index:${definition.kind}::${of}`;

  const { visible } = named(definition, parted(news), parted(olds), urn, settings);

  expect(visible.name).toEqual(expected);
});

test("a kept name is as secret as it was", () => {
  const olds = {
    visible: { name: "Old" },
    passed: { __secrets: [["name"], ["initializer"]] },
    urn: "urn",
    state: undefined,
    isImported: false,
  };
  const news = { visible: {}, passed: {}, urn: "urn", state: undefined, isImported: false };

  expect(named(project, news, olds, "urn", undefined)).toEqual({
    visible: { name: "Old" },
    passed: { __secrets: [["name"]] },
    urn: "urn",
    state: undefined,
    isImported: false,
  });
});

const initializer = { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] };

const program = (options = {}) =>
  yaml({
    resources: {
      shop: gitpod("Project", { initializer }),
      qa: gitpod("Group", { organizationId: ids.organization }, options),
      demo: gitpod("Environment", { spec: { machine: { class: ids.smallClass } } }),
    },
    outputs: { name: `\${qa.name}` },
  });

test("names are known in a preview, the same in the run after it, and kept from then on", async () => {
  const scene = await openScene({ program: program() });
  const { engine } = scene;

  const preview = await engine.preview();
  await engine.up();
  const made = await namesOf(scene);
  writesOf(scene);
  await setting(scene, "mode", "verbatim");
  const repetition = outcomeOf(await engine.up());
  const written = writesOf(scene);
  const replacement = outcomeOf(await engine.up("--replace", "urn:pulumi:test::test::gitpod:index:Project::shop"));

  expect(made).toEqual({ shop: "shop", qa: expect.stringMatching(/^qa-[0-9a-f]{7}$/), demo: expect.any(String) });
  expect(made.demo).not.toBe("demo");
  expect(preview.stdout).toContain(`"${made.qa}"`);
  expect(repetition).toEqual({ code: 0, complaints: [], operations: { shop: "same", qa: "same", demo: "same" } });
  expect(written).toEqual([]);
  expect(replacement).toMatchObject({ code: 0, complaints: [], operations: { shop: "replace" } });
  expect(await namesOf(scene)).toEqual(made);
});

test("the stack's settings name what is made, or leave it to the program", async () => {
  const scene = await openScene({ program: program() });
  const { engine } = scene;

  await setting(scene, "mode", "verbatim");
  const refused = await engine.preview();
  await setting(scene, "mode", "disabled");
  const unnamed = await engine.preview();
  await engine.run("config", "rm", "pulumi:autonaming");
  await setting(scene, "pattern", `our-\${name}-\${hex(4)}`);
  const up = await engine.up();

  const problem = (name: string, kind: string) =>
    `${name}: gitpod:index:${kind} resource '${name}' has a problem: name`;
  expect(outcomeOf(refused).complaints).toContain(`${problem("qa", "Group")}: must be at least 3 characters`);
  // The engine stops at the first resource that is refused.
  expect(outcomeOf(unnamed).complaints).toContainEqual(
    expect.stringMatching(/^(qa|shop): .* has a problem: name: is required$/),
  );
  expect(up.code).toBe(0);
  expect(await namesOf(scene)).toEqual({
    shop: expect.stringMatching(/^our-shop-[0-9a-f]{4}$/),
    qa: expect.stringMatching(/^our-qa-[0-9a-f]{4}$/),
    demo: expect.stringMatching(/^our-demo-[0-9a-f]{4}$/),
  });
});

/** Sets how Pulumi names in this stack. */
const setting = ({ engine }: Scene, name: string, value: string) =>
  engine.run("config", "set", "--path", `pulumi:autonaming.${name}`, value);

/** The name of each resource, as the server shows it. */
async function namesOf(scene: Scene): Promise<Record<string, unknown>> {
  const names = Object.entries(await stateOf(scene)).map(([name, { outputs }]) => {
    const { metadata, name: own } = outputs as { metadata?: { name: string }; name?: string };
    return [name, own ?? metadata?.name];
  });
  return Object.fromEntries(names);
}
