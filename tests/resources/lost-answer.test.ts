import type { Definition } from "../../provider/model/definition";
import type { NotReady } from "../../provider/model/not-ready";
import {
  environment,
  group,
  project,
  scmIntegration,
  secret,
  service,
  ssoConfiguration,
  task,
  taskExecution,
} from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, ids, notReady, removed, type Scene } from "./scene";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const specs = [{ contextUrl: { url: "https://example.com/shop" } }];
const metadata = { reference: "web", name: "Web" };

/** Something of each kind, with the call that creates it and the table that holds it. */
const kinds: [
  Definition,
  string,
  Parameters<Scene["emulator"]["admin"]["objects"]>[0],
  (scene: Scene) => Promise<JsonObject>,
][] = [
  [environment, "EnvironmentService/CreateEnvironment", "environments", async () => dev],
  [project, "ProjectService/CreateProject", "projects", async () => ({ name: "shop", initializer: { specs } })],
  [group, "GroupService/CreateGroup", "groups", async () => ({ organizationId: ids.organization, name: "platform" })],
  [
    secret,
    "SecretService/CreateSecret",
    "secrets",
    async () => ({ name: "KEY", value: "v", apiOnly: true, scope: { organizationId: ids.organization } }),
  ],
  [
    scmIntegration,
    "RunnerConfigurationService/CreateSCMIntegration",
    "scmIntegrations",
    async () => ({ runnerId: ids.runner, scmId: "github", host: "github.com", pat: true }),
  ],
  [
    service,
    "EnvironmentAutomationService/CreateService",
    "services",
    async (scene) => ({
      environmentId: (await created(scene, environment, dev)).id,
      metadata,
      spec: { commands: { start: "sleep infinity" } },
    }),
  ],
  [
    task,
    "EnvironmentAutomationService/CreateTask",
    "tasks",
    async (scene) => ({
      environmentId: (await created(scene, environment, dev)).id,
      metadata,
      spec: { command: "true" },
    }),
  ],
  [
    taskExecution,
    "EnvironmentAutomationService/StartTask",
    "taskExecutions",
    async (scene) => {
      const { id: environmentId } = await created(scene, environment, dev);
      const { id: taskId } = await created(scene, task, { environmentId, metadata, spec: { command: "sleep 9" } });
      return { taskId };
    },
  ],
];
const cases = kinds.map(([definition, ...rest]) => [definition.kind, definition, ...rest] as const);

test.each(cases)(
  "%s: a create whose answer is lost makes one object",
  async (_, definition, method, table, inputsOf) => {
    const scene = createScene();
    const inputs = await inputsOf(scene);
    scene.emulator.admin.fault({ method, lost: "after" });

    const kept = await created(scene, definition, inputs);

    expect(scene.emulator.admin.objects(table)).toMatchObject([{ id: kept.id }]);
  },
);

test.each(cases)(
  "%s: a create that never arrived makes none, and says so",
  async (_, definition, method, table, inputsOf) => {
    const scene = createScene();
    const inputs = await inputsOf(scene);
    scene.emulator.admin.fault({ method, lost: "before" });

    await expect(created(scene, definition, inputs)).rejects.toThrow(`could not create ${definition.kind}`);
    expect(scene.emulator.admin.objects(table)).toEqual([]);
  },
);

test("an environment that a killed run has left is taken by the next one", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  const first = await created(scene, environment, dev, { urn });
  scene.restart();

  const second = await created(scene, environment, dev, { urn });

  expect(second.id).toBe(first.id);
  expect(second.state.outputs).toMatchObject({
    metadata: { name: "dev" },
    status: { phase: "ENVIRONMENT_PHASE_RUNNING" },
  });
  expect((second.state.outputs.metadata as JsonObject).annotations ?? {}).toEqual({});
});

test("an environment that a killed run has left and somebody has changed since is brought to the inputs", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  const first = await created(scene, environment, dev, { urn });
  scene.emulator.admin.patch("environments", first.id, { metadata: { name: "by hand" } });
  scene.restart();

  const second = await created(scene, environment, dev, { urn });

  expect(second).toMatchObject({ id: first.id, state: { outputs: { metadata: { name: "dev" } } } });
});

test("an environment of another resource, another stack or another user is never taken", async () => {
  const scene = createScene();
  const urn = (stack: string, name: string) =>
    `urn:pulumi:${stack}::shop::pulumi-nodejs:dynamic/gitpod:Environment::${name}`;
  const mine = await created(scene, environment, dev, { urn: urn("dev", "a") });
  scene.restart();

  const others = [
    await created(scene, environment, dev, { urn: urn("dev", "b") }),
    await created(scene, environment, dev, { urn: urn("prod", "a") }),
  ];

  expect(new Set([mine, ...others].map(({ id }) => id)).size).toBe(3);
});

test("an environment that the engine knows is never taken, although a new resource has its old name", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::a";
  const renamed = await created(scene, environment, dev, { urn });

  const second = await created(scene, environment, dev, { urn });

  expect(second.id).not.toBe(renamed.id);
});

test("an environment of the same resource with other inputs is named and not taken", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  const { id } = await created(scene, environment, dev, { urn });
  scene.restart();

  const second = created(scene, environment, { ...dev, name: "dev 2" }, { urn });

  await expect(second).rejects.toThrow(
    new RegExp(
      `this Environment may exist already, but no match is certain: ${id} \\(dev, created .+\\)\\.\n(.*\n)* {2}If an interrupted run of this stack has left it, take it over with the input adopt: "${id}"\\.`,
    ),
  );
  expect(scene.emulator.admin.objects("environments")).toHaveLength(1);
});

test("the annotation that finds an environment again stands beside the user's own and is hidden from them", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  const kept = await created(scene, environment, { ...dev, annotations: { team: "shop" } }, { urn });

  expect(kept.state.outputs).toMatchObject({ metadata: { annotations: { team: "shop" } } });
  expect(JSON.stringify(kept.state)).not.toContain("pulumi-gitpod/created-for");
  expect(JSON.stringify(scene.emulator.admin.objects("environments"))).toContain(urn);
});

test("a service that a killed run has left is taken if it is the same, and refused if it is not", async () => {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, dev);
  const web = (start: string) => ({ environmentId, metadata, spec: { commands: { start } } });
  const first = await created(scene, service, web("sleep infinity"));
  scene.restart();

  const second = await created(scene, service, web("sleep infinity"));
  scene.restart();
  const third = created(scene, service, web("tail -f log"));

  expect(second.id).toBe(first.id);
  await expect(third).rejects.toThrow(
    new RegExp(
      `Service ${first.id} .+ already exists, created by the same user with other inputs\\.\n {2}Choose another reference\\.\n(.*\n)* {2}If the resource should use this one, take it over with the input adopt: "${first.id}"\\.`,
    ),
  );
});

test("of objects without a name and a key, an equal one is named as what is in the way, and no other", async () => {
  const scene = createScene();
  const signIn = (clientId: string) => ({ clientId, clientSecret: "first", issuerUrl: "https://login.example.com" });
  await created(scene, ssoConfiguration, signIn("another"));
  // The list lags behind when the second create looks before its call.
  scene.emulator.admin.lag(3);
  const first = await created(scene, ssoConfiguration, signIn("gitpod"));
  scene.restart();

  const second = created(scene, ssoConfiguration, signIn("gitpod"));

  await expect(second).rejects.toThrow(`adopt: "${first.id}"`);
});

test("an execution that a killed run has left running is taken", async () => {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, dev);
  const { id: taskId } = await created(scene, task, { environmentId, metadata, spec: { command: "sleep infinity" } });
  const first = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });
  scene.restart();

  const second = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });

  expect(second.id).toBe(first.id);
});

test.each(cases)(
  "%s: what a create has taken over lives on when another entry of the state goes that names it",
  async (_, definition, _method, table, inputsOf) => {
    const scene = createScene();
    const inputs = await inputsOf(scene);
    const urn = "urn:pulumi:dev::shop::gitpod:index:Any::one";
    const old = await created(scene, definition, inputs, { urn });
    scene.restart();
    const isFound = definition.identity !== undefined && definition.phase?.ended === undefined;

    const now = await created(scene, definition, isFound ? inputs : { ...inputs, adopt: old.id }, { urn });
    await removed(scene, definition, old);
    const left = scene.emulator.admin.objects(table);
    scene.restart();
    await removed(scene, definition, now);
    scene.emulator.settle();

    expect(now.id).toBe(old.id);
    expect(left).toMatchObject([{ id: now.id }]);
    expect(scene.emulator.admin.objects(table)).toEqual(definition.phase?.ended ? [expect.anything()] : []);
  },
);

/** A task and its execution, which has run to its end in a run that was killed. */
async function ended(command: string) {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, dev);
  const { id: taskId } = await created(scene, task, { environmentId, metadata, spec: { command } });
  const first = await created(scene, taskExecution, { taskId }).catch((error: NotReady) => error);
  scene.restart();
  return { scene, taskId, first };
}

test("an execution that has succeeded before the next run is not made again, unless the program says so", async () => {
  const { scene, taskId, first } = await ended("npm run migrate");

  const refused = created(scene, taskExecution, { taskId });

  await expect(refused).rejects.toThrow(
    new RegExp(
      `could not create TaskExecution: one has succeeded within the last hour: ${first.id} \\(created .+\\)\\.\n(.*\n)* {2}.*take it over with the input adopt: "${first.id}"\\.\n(.*\n)* {2}To run it again anyway, set adopt: ""`,
    ),
  );
  expect((await created(scene, taskExecution, { taskId, adopt: first.id })).id).toBe(first.id);
  expect((await created(scene, taskExecution, { taskId, adopt: "" })).id).not.toBe(first.id);
  expect(scene.emulator.admin.objects("taskExecutions")).toHaveLength(2);
});

test("an execution that has failed before the next run is made again", async () => {
  const { scene, taskId, first } = await ended("exit 7");

  const again = await notReady(created(scene, taskExecution, { taskId }));

  expect(again.id).not.toBe(first.id);
});

test("an execution that came before one that the engine knows is left alone", async () => {
  const { scene, taskId } = await ended("npm run migrate");
  await created(scene, taskExecution, { taskId, triggers: { data: "2" }, adopt: "" });

  const third = await created(scene, taskExecution, { taskId, triggers: { data: "3" } });

  expect(scene.emulator.admin.objects("taskExecutions")).toHaveLength(3);
  expect(third.state.outputs).toMatchObject({ status: { phase: "TASK_EXECUTION_PHASE_SUCCEEDED" } });
});

test("an environment whose inputs have changed since the killed run is made where the program says so", async () => {
  const scene = createScene();
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  const first = await created(scene, environment, dev, { urn });
  scene.restart();

  const second = await created(scene, environment, { ...dev, name: "dev 2", adopt: "" }, { urn });

  expect(second.id).not.toBe(first.id);
});

test("a project like the one that a killed run may have left is not made again, unless the program says so", async () => {
  const scene = createScene();
  const shop = { name: "shop", initializer: { specs } };
  const first = await created(scene, project, shop);
  scene.restart();

  const refused = created(scene, project, shop);

  await expect(refused).rejects.toThrow(
    new RegExp(
      `^could not create Project: the same user has already created a Project named "shop" within the last hour: ${first.id} \\(shop, created .+\\)\\.\n {2}If it belongs to another resource or stack, choose another name\\.\n(.*\n)* {2}If an interrupted run has left it, take it over with the input adopt: "${first.id}"\\.\n {2}To create another one anyway, set adopt: ""`,
    ),
  );
  const second = await created(scene, project, { ...shop, adopt: "" });
  expect(second.id).not.toBe(first.id);
  expect(scene.told).toEqual([]);
});

test("a project of the same name and with other inputs is told of and not in the way", async () => {
  const scene = createScene();
  const first = await created(scene, project, { name: "shop", initializer: { specs } });
  scene.restart();

  await created(scene, project, {
    name: "shop",
    initializer: { specs: [{ contextUrl: { url: "https://example.com/other" } }] },
  });

  expect(scene.told).toEqual([
    expect.stringMatching(
      new RegExp(
        `^warning: the same user has created another Project of this name with other inputs within the last hour: ${first.id} \\(shop, created `,
      ),
    ),
  ]);
});
