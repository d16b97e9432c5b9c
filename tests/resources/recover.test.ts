import { setImmediate } from "node:timers/promises";
import { clientIn } from "../../bench/home";
import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { remove } from "../../provider/lifecycle/remove";
import { acknowledge } from "../../provider/mapping/origin";
import type { Definition } from "../../provider/model/definition";
import { entryOfImport, hold } from "../../provider/model/run-memory";
import { createMethod } from "../../provider/model/shape";
import {
  environment,
  group,
  integration,
  project,
  secret,
  service,
  task,
  taskExecution,
} from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, ids, type Kept, notReady, removed, type Scene } from "./scene";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const urn = "urn:pulumi:dev::shop::gitpod:index:Environment::dev";
const specs = [{ contextUrl: { url: "https://example.com/shop" } }];
const shop = { name: "shop", initializer: { specs } };
const metadata = { reference: "web", name: "Web" };

const environmentsOf = ({ emulator }: Scene): JsonObject[] => {
  emulator.settle();
  return [...emulator.admin.objects("environments")] as JsonObject[];
};

/** Goes through an entry of the state as the engine does before it decides: by a comparison. */
const compared = (scene: Scene, { id, state }: Kept): void => hold(scene.operation(), environment, [id], state);

describe("an environment that was made for the same resource before", () => {
  test("is left alone once its create was acknowledged, and named in one line", async () => {
    const scene = createScene();
    const first = await created(scene, environment, dev, { urn, stateId: "one" });
    await acknowledge(environment, scene.operation().client, first.id);
    scene.restart();
    scene.told.length = 0;

    const second = await created(scene, environment, dev, { urn, stateId: "one" });

    expect(second.id).not.toBe(first.id);
    expect(scene.told.filter((line) => line.includes(first.id))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^info: this run creates another Environment: ${first.id} \\(dev, created .+\\) was created for a resource of this name`,
        ),
      ),
    ]);
  });

  test.each([["two"], [undefined]])("is refused by its name where it is of another state: %s", async (stateId) => {
    const scene = createScene();
    const first = await created(scene, environment, dev, { urn, stateId: "one" });
    scene.restart();

    const second = created(scene, environment, dev, { urn, stateId });

    await expect(second).rejects.toThrow(new RegExp(`no match is certain: ${first.id} `));
    expect(environmentsOf(scene)).toHaveLength(1);
  });

  test("is refused by its name where it is older than its create and an hour", async () => {
    const scene = createScene();
    const first = await created(scene, environment, dev, { urn });
    age(scene, "environments", first.id, 100);

    await expect(created(scene, environment, dev, { urn, ...today(scene) })).rejects.toThrow(
      new RegExp(`no match is certain: ${first.id} `),
    );
  });
});

test("a project of the same name is in the way for an hour", async () => {
  const scene = createScene();
  const first = await created(scene, project, shop);
  age(scene, "projects", first.id, 59);
  const refused = await created(scene, project, shop, today(scene)).catch((error: Error) => error.message);
  age(scene, "projects", first.id, 61);

  const second = await created(scene, project, shop, today(scene));

  expect(refused).toMatch(new RegExp(`the same user has already created a Project named "shop" .*${first.id}`));
  expect(second.id).not.toBe(first.id);
});

test.each([
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [2, 0],
  [3, 1],
])(
  "with reads that miss %i times, and %i times in the next run, a killed create leads to one object of each kind",
  async (reads, later) => {
    const kinds: [Definition, JsonObject, "environments" | "projects" | "groups" | "secrets"][] = [
      [environment, dev, "environments"],
      [project, shop, "projects"],
      [group, { organizationId: ids.organization, name: "platform" }, "groups"],
      [secret, { name: "KEY", value: "v", apiOnly: true, scope: { organizationId: ids.organization } }, "secrets"],
    ];
    for (const [definition, inputs, table] of kinds) {
      const scene = createScene();
      scene.emulator.admin.lag(reads);
      const first = await killedAfter(scene, definition, inputs);
      scene.emulator.admin.lag(later);

      const second = await created(scene, definition, inputs, { urn }).catch((error: Error) => error);

      scene.emulator.settle();
      expect(scene.emulator.admin.objects(table)).toMatchObject([{ id: first }]);
      if (second instanceof Error)
        expect([definition.kind, second.message]).toEqual([definition.kind, expect.stringContaining(first)]);
      else expect([definition.kind, second.id]).toEqual(["Environment", first]);
    }
  },
);

test.each([0, 1, 2, 3])("with reads that miss %i times a killed start runs a task once", async (reads) => {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, dev);
  const { id: taskId } = await created(scene, task, { environmentId, metadata, spec: { command: "sleep infinity" } });
  scene.restart();
  scene.emulator.admin.lag(reads);
  const first = await killedAfter(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });

  const second = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" }, { urn });

  expect(second.id).toBe(first);
  expect(scene.emulator.admin.objects("taskExecutions")).toHaveLength(1);
});

test("resources of the same name that one run makes are never taken for each other", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(1);

  const all = await Promise.all(Array.from({ length: 5 }, () => created(scene, project, { ...shop })));

  expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  expect(scene.emulator.admin.objects("projects")).toHaveLength(5);
});

test("a resource of the same name whose create is answered late is not taken for what another run has left", async () => {
  const scene = createScene();
  let listed = (): void => {};
  const list = new Promise<void>((resolve) => {
    listed = resolve;
  });
  const late = async (): Promise<void> => {
    await list;
    for (let turn = 0; turn < 50; turn++) await setImmediate();
  };
  const creates: string[] = [];
  scene.emulator.admin.onCall((method, moment) => {
    if (moment === "after" && method === "ProjectService/ListProjects" && creates.length === 2) listed();
    if (moment === "after" && method === "ProjectService/CreateProject" && creates.push(method) === 1) return late();
    return undefined;
  });

  const all = await Promise.all([created(scene, project, shop), created(scene, project, shop)]);

  expect(new Set(all.map(({ id }) => id)).size).toBe(2);
  expect(scene.emulator.admin.objects("projects")).toHaveLength(2);
});

test("what cannot be undone is kept, and both are named", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(2);
  const first = await killedAfter(scene, project, shop);
  scene.emulator.admin.fault({
    method: "ProjectService/DeleteProject",
    refuse: { code: "permission_denied" },
    times: 9,
  });

  const second = await created(scene, project, shop, { urn });

  expect(scene.emulator.admin.objects("projects")).toHaveLength(2);
  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual([
    expect.stringMatching(
      new RegExp(`this run has created a second Project, ${second.id}, and could not delete it: .*${first}`),
    ),
  ]);
});

test("a create that Pulumi tries again goes on with what the first try has made", async () => {
  const scene = createScene();
  const unlucky = { ...dev, name: "fail-start-once" };

  const first = await notReady(created(scene, environment, unlucky, { urn }));
  const second = await created(scene, environment, unlucky, { urn });

  expect(second.id).toBe(first.id);
  expect(environmentsOf(scene)).toHaveLength(1);
});

test("what has been taken over under a new name lives on when the next run deletes the old entry", async () => {
  const scene = createScene();
  const old = await created(scene, environment, dev, { urn });
  scene.restart();
  const now = await created(scene, environment, { ...dev, adopt: old.id }, { urn: `${urn}-2` });
  scene.restart();

  compared(scene, now);
  await removed(scene, environment, old);
  const left = environmentsOf(scene);
  scene.restart();
  compared(scene, now);
  await removed(scene, environment, now);

  expect(now.id).toBe(old.id);
  expect(left).toMatchObject([{ id: old.id }]);
  expect(environmentsOf(scene)).toEqual([]);
});

test("what was imported under a new name lives on when the old entry is deleted", async () => {
  const scene = createScene();
  const old = await created(scene, environment, dev, { urn });
  scene.restart();
  const now = { ...old, state: { ...old.state, seen: { ...old.state.seen, ...entryOfImport(`${urn}-2`) } } };

  compared(scene, now);
  await removed(scene, environment, old);

  expect(environmentsOf(scene)).toMatchObject([{ id: old.id }]);
});

test("of two entries for one object the last one that goes deletes it, also where both were compared before", async () => {
  const scene = createScene();
  const old = await created(scene, environment, dev, { urn });
  scene.restart();
  const now = await created(scene, environment, { ...dev, adopt: old.id }, { urn: `${urn}-2` });
  scene.restart();
  compared(scene, now);
  compared(scene, old);

  await removed(scene, environment, now);
  await removed(scene, environment, old);

  expect(environmentsOf(scene)).toEqual([]);
});

test("a replacement that has found the old object in its way says so, and how to replace it", async () => {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, dev);
  const web = { environmentId, metadata, spec: { commands: { start: "sleep infinity" } } };
  const of = (name: string) => scene.operation({ urn: name });
  const old = await created(scene, service, web, { urn });
  scene.restart();

  const now = await created(scene, service, web, { urn });
  const deletion = remove(service, of(urn), old.id, old.state);

  await expect(deletion).rejects.toThrow(/Service .+ was not replaced: .+ set the resource option deleteBeforeReplace/);
  scene.restart();
  compared(scene, now);
  await remove(service, of(urn), old.id, old.state);
  expect(scene.emulator.admin.objects("services")).toMatchObject([{ id: old.id }]);
});

/** Lets an object have been made so many minutes ago, and another run begin. */
function age(scene: Scene, table: "environments" | "projects", id: string, minutes: number): void {
  const createdAt = new Date(Date.now() - minutes * 60_000).toISOString();
  scene.emulator.admin.patch(table, id, { metadata: { createdAt } });
  scene.restart();
}

/** The time of the emulator, whose objects say when they were made. */
const today = (scene: Scene) => ({ clock: { ...scene.operation().clock, now: Date.now } });

/** Creates an object in a run that is killed when the server has acted; returns its id. */
async function killedAfter(scene: Scene, definition: Definition, inputs: JsonObject): Promise<string> {
  const { parent, name } = createMethod(definition, () => false);
  const method = `${parent.name}/${name}`;
  let made = "";
  const known = idsIn(scene);
  const stop = scene.emulator.admin.onCall((called, moment) => {
    if (made !== "") throw new Error("the process has ended");
    if (called !== method || moment !== "after") return;
    made = idsIn(scene).find((id) => !known.includes(id)) ?? "";
    throw new Error("the process has ended");
  });
  await created(scene, definition, inputs, { urn }).catch(() => undefined);
  stop();
  scene.restart();
  return made;
}

const idsIn = ({ emulator }: Scene): string[] =>
  (["environments", "projects", "groups", "secrets", "taskExecutions"] as const).flatMap((table) =>
    emulator.admin.objects(table).map((object) => String((object as JsonObject).id)),
  );

test("of a kind that says nothing of its origin, what an interrupted run has left and no list shows yet is told, and no second one stays", async () => {
  const scene = createScene();
  const inputs = { integrationDefinitionId: "linear", name: "Issues", enabled: true };
  scene.emulator.admin.lag(1);
  const { integration: left } = await clientIn(scene.emulator).call(
    IntegrationService.method.createIntegration,
    inputs,
  );
  scene.emulator.admin.lag(0);

  await expect(created(scene, integration, inputs)).rejects.toThrow(
    `there is a Integration with the same inputs already: ${left?.id}`,
  );

  expect(scene.emulator.admin.objects("integrations")).toMatchObject([{ id: left?.id }]);
});
