import { setTimeout as sleep } from "node:timers/promises";
import { ids } from "../../emulator";
import type { EngineRun } from "../../tools/engine/engine";
import { descendants, isAlive } from "./process";
import { callsOf, javascript, openScene, type Scene } from "./scene";

const environment = (name: string): string =>
  `const dev = new gitpod.Environment("dev", { name: "${name}", spec: { machine: { class: "${ids.smallClass}" } } });`;

const web = (start: string): string =>
  `new gitpod.Service("web", { environmentId: dev.id, metadata: { reference: "web", name: "Web" }, spec: { desiredPhase: "RUNNING", commands: { start: "${start}" } } });`;

/** The status lines of a resource, in order, without the time. */
const statusOf = ({ diagnostics }: EngineRun, name: string): string[] =>
  diagnostics
    .filter(({ resource, ephemeral }) => ephemeral && resource === name)
    .map(({ message }) => message.replace(/ · \d+:\d\d$/, ""));

/** Returns once a method has been called from now on. */
const called = ({ emulator }: Scene, method: string): Promise<void> =>
  new Promise((resolve) => {
    const release = emulator.admin.onCall((name) => {
      if (name !== method) return;
      release();
      resolve();
    });
  });

test("a wait is shown on the resource's own row, and the row is cleared", async () => {
  const { engine } = await openScene({ pace: "real", program: javascript(environment("dev")) });

  const run = await engine.up();

  expect(run.code).toBe(0);
  const [first, ...rest] = statusOf(run, "dev");
  expect(first).toMatch(/^(CREATING|STARTING) · machine: \w+$/);
  expect(rest).toEqual(expect.arrayContaining(["STARTING · content: initializing", "RUNNING"]));
  expect(rest.at(-1)).toBe("");
  expect(run.diagnostics.filter(({ resource, ephemeral }) => ephemeral && resource !== "dev")).toEqual([]);
});

test("the report of a failed service is printed with the end of its log, and the next run goes on", async () => {
  const scene = await openScene({ program: javascript(environment("dev") + web("echo no database; exit 3")) });
  const { engine } = scene;

  const run = await engine.up();
  engine.write(javascript(environment("dev") + web("sleep infinity")));
  callsOf(scene);
  const repaired = await engine.up();
  const calls = callsOf(scene);

  const errors = run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(errors.join("\n")).toMatch(
    /Service \S+ did not reach RUNNING, it is FAILED: the start command exited with code 3\n\s+phases: .+\n\s+the end of its log:\n(.*\n)*\s+no database\n/,
  );
  expect([repaired.code, repaired.operations]).toEqual([0, { dev: "same", web: "update" }]);
  expect(calls).not.toHaveProperty("EnvironmentAutomationService/CreateService");
});

test("an interrupt during a wait keeps the id, and the next run goes on from there", async () => {
  const scene = await openScene({ pace: "real", program: javascript(environment("dev") + web("sleep infinity")) });
  const { engine, emulator } = scene;
  const waiting = called(scene, "EnvironmentService/GetEnvironment");
  const { child, ended } = engine.start("up", "--yes", "--skip-preview");
  await waiting;

  child.kill("SIGINT");
  const interrupted = await ended;
  const { deployment } = await engine.export();
  callsOf(scene);
  const next = await engine.up();
  const calls = callsOf(scene);

  expect(interrupted.code).not.toBe(0);
  const [{ id }] = emulator.admin.objects("environments") as [{ id: string }];
  expect(deployment.resources?.filter(({ type }) => type.includes("gitpod")).map((resource) => resource.id)).toEqual([
    id,
  ]);
  expect([next.code, next.operations]).toEqual([0, { dev: "same", web: "create" }]);
  expect(calls).not.toHaveProperty("EnvironmentService/CreateEnvironment");
});

test("an engine that is killed before it asks for any change takes its provider process along", async () => {
  const scene = await openScene({ program: javascript(environment("dev")) });
  for (const later of [0, 100, 300, 600]) {
    const signingIn = called(scene, "IdentityService/GetAuthenticatedIdentity");
    const { child, ended } = scene.engine.start("preview");
    await signingIn;
    const providers = descendants(child.pid!).filter(({ command }) => command.includes("dynamic-provider"));
    await sleep(later);

    child.kill("SIGKILL");
    await ended;
    for (let seconds = 0; seconds < 20 && providers.some(({ pid }) => isAlive(pid)); seconds++) await sleep(1000);

    expect(providers.length).toBeGreaterThan(0);
    expect(providers.filter(({ pid }) => isAlive(pid))).toEqual([]);
  }
});

test("a killed engine takes its provider process along", async () => {
  const scene = await openScene({ program: javascript(environment("stuck-starting")) });
  const waiting = called(scene, "EnvironmentService/GetEnvironment");
  const { child, ended } = scene.engine.start("up", "--yes", "--skip-preview");
  await waiting;
  const providers = descendants(child.pid!).filter(({ command }) => command.includes("dynamic-provider"));

  child.kill("SIGKILL");
  await ended;
  for (let seconds = 0; seconds < 20 && providers.some(({ pid }) => isAlive(pid)); seconds++) await sleep(1000);

  expect(providers).toHaveLength(1);
  expect(providers.filter(({ pid }) => isAlive(pid))).toEqual([]);
  expect(scene.emulator.admin.streams()).toBe(0);
});
