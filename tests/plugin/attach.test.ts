import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ids, tokens } from "../../emulator";
import { systemClock } from "../../provider/value/clock";
import { gitpod, type Yaml, yaml } from "../../tools/engine/yaml";
import { root } from "../../tools/root";
import { openScene, outcomeOf, type Scene, type SceneOptions, stateOf } from "../engine/scene";

const environment = gitpod("Environment", { spec: { machine: { class: ids.smallClass } } });
const group = gitpod("Group", { organizationId: ids.organization });

const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
    await exitOf(child);
  }
});

test("a plugin that was started by hand serves one command after the other, until it is told to end", async () => {
  const { scene, plugin } = await attached({ resources: { environment, group } });
  const { engine } = scene;

  const runs = [];
  for (const command of ["preview", "up", "up", "refresh", "destroy"] as const) runs.push(await engine[command]());
  const isAlive = plugin.exitCode === null;
  plugin.kill("SIGINT");

  const both = (operation: string) => ({ environment: operation, group: operation });
  expect(runs.map(outcomeOf)).toEqual(
    ["create", "create", "same", "same", "delete"].map((operation) => ({
      code: 0,
      complaints: [],
      operations: both(operation),
    })),
  );
  expect(runs[1]?.diagnostics).toContainEqual(
    expect.objectContaining({ resource: "environment", ephemeral: true, message: expect.stringMatching(/\S/) }),
  );
  expect(isAlive).toBe(true);
  expect(await exitOf(plugin)).toBe(0);
});

test("an interrupted command ends with its ids, and the same plugin then goes on", async () => {
  const { scene, plugin } = await attached({ resources: { environment }, pace: "manual" });
  const { engine, emulator } = scene;

  const up = engine.start("up", "--yes", "--skip-preview");
  await isWaiting(scene);
  up.child.kill("SIGINT");
  const interrupted = await up.ended;
  const kept = await stateOf(scene);
  emulator.settle();
  const next = outcomeOf(await engine.up());
  const after = await stateOf(scene);

  expect(interrupted.code).not.toBe(0);
  expect(kept.environment?.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(next).toMatchObject({ code: 0, complaints: [] });
  expect(after.environment?.id).toBe(kept.environment?.id);
  expect(plugin.exitCode).toBeNull();
});

test("nothing is waited for when the engine is gone, and the next one takes over what was made", async () => {
  const { scene, plugin } = await attached({ resources: { environment }, pace: "manual" });
  const { engine, emulator } = scene;

  const up = engine.start("up", "--yes", "--skip-preview");
  await isWaiting(scene);
  up.child.kill("SIGKILL");
  await up.ended;
  const streams = await streamsOnceEnded(scene);
  await engine.run("cancel", "--yes");
  emulator.settle();
  const next = await engine.up();

  expect(streams).toBe(0);
  expect(outcomeOf(next)).toMatchObject({ code: 0, operations: { environment: "create" } });
  expect(emulator.admin.objects("environments")).toHaveLength(1);
  expect(plugin.exitCode).toBeNull();
});

/** A scene whose engine attaches to a plugin that runs already, which alone knows the token. */
async function attached({
  resources,
  ...options
}: Pick<SceneOptions, "pace"> & Required<Pick<Yaml, "resources">>): Promise<{ scene: Scene; plugin: ChildProcess }> {
  const scene = await openScene({ program: yaml({ resources }), ...options, env: { GITPOD_API_KEY: "" } });
  const plugin = spawn(process.execPath, [join(root, "dist", "bin", "pulumi-resource-gitpod.js")], {
    env: { PATH: process.env.PATH, GITPOD_BASE_URL: scene.host, GITPOD_API_KEY: tokens.owner },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(plugin);
  const [port] = await once(createInterface(plugin.stdout), "line");
  scene.engine.env.PULUMI_DEBUG_PROVIDERS = `gitpod:${port}`;
  return { scene, plugin };
}

/** Resolves when the environment has been made and is waited for. */
const isWaiting = ({ emulator }: Scene): Promise<void> =>
  new Promise((resolve) => {
    emulator.admin.onCall((method) => {
      if (method === "EnvironmentService/GetEnvironment") resolve();
    });
  });

/** The streams of events that are open once that has become quiet. */
async function streamsOnceEnded({ emulator: { admin } }: Scene): Promise<number> {
  for (let turn = 0; admin.streams() > 0 && turn < 500; turn++) await systemClock.sleep(10);
  return admin.streams();
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}
