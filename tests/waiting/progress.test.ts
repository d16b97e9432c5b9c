import type { Definition } from "../../provider/model/definition";
import type { Voice } from "../../provider/model/operation";
import { environment, service, taskExecution } from "../../provider/resources";
import { createProgress } from "../../provider/waiting/progress";
import { addTask, createScene, creating, dev, firstId, move, moveUntil, runningEnvironment, web } from "./scene";

/** What was told, without the seconds. */
const timeless = (told: readonly string[]): string[] => told.map((line) => line.replace(/ · \d+:\d\d$/, ""));

test("the parts of an environment are told in the order in which they come up", async () => {
  const scene = createScene();
  await moveUntil(scene, creating(scene, environment, dev));

  expect(timeless(scene.told)).toEqual([
    "CREATING · machine: creating",
    "STARTING · machine: starting",
    "STARTING · content: creating",
    "STARTING · content: initializing",
    "STARTING · devcontainer: creating",
    "STARTING · automations file: initializing",
    "RUNNING",
  ]);
});

test.each([
  ["at a terminal every ten seconds", 10],
  ["in a pipeline every thirty seconds", 30],
])("%s a wait says that it goes on", async (_name, every) => {
  const scene = createScene();
  const { voice } = scene.operation();
  const options = { voice: { ...voice, every: every * 1000 } };
  creating(scene, environment, { ...dev, name: "stuck-creating" }, options);

  await scene.time.pass(300_000);

  const times = scene.told.map((line) => {
    const [, minutes, seconds] = /^CREATING · machine: creating · (\d+):(\d\d)$/.exec(line) ?? [];
    return Number(minutes) * 60 + Number(seconds);
  });
  const pauses = times.slice(1).map((time, i) => time - times[i]!);
  // A look at the clock comes once a second.
  expect(pauses.filter((pause) => pause < every || pause > every + 2)).toEqual([]);
  expect(times.at(-1)).toBeGreaterThan(300 - every - 2);
});

test("a change of phase is told at once, and the seconds are counted from the beginning", async () => {
  const scene = createScene();
  creating(scene, environment, { ...dev, name: "stuck-starting" });
  await scene.time.pass(3000);
  scene.emulator.step();
  await scene.time.pass(0);
  await scene.time.pass(9999);
  const before = [...scene.told];
  await scene.time.pass(1000);

  expect(before).toEqual(["CREATING · machine: creating · 0:00", "STARTING · machine: starting · 0:03"]);
  expect(scene.told.slice(2)).toEqual(["STARTING · machine: starting · 0:13"]);
});

test.each([
  ["devcontainer-fails", "devcontainer: the dev container cannot be built", "the dev container cannot be built"],
  ["automations-fail", "automations file: the automations file cannot be read", "the automations file cannot be read"],
])("the warnings of %s are shown once each and never fail", async (name, ofPart, ofObject) => {
  const scene = createScene();
  const ending = creating(scene, environment, { ...dev, name });

  await moveUntil(scene, ending);

  expect(ending.outcome).toBe("done");
  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual([
    `warning: ${ofObject}`,
    `warning: ${ofPart}`,
  ]);
});

test("a warning that stays for many reads is shown once", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  const warn = { status: { warningMessage: ["the disk is nearly full"] } };

  for (let i = 0; i < 5; i++) {
    scene.emulator.admin.patch("environments", firstId(scene, "environments"), warn);
    await scene.time.pass(1500);
  }
  await moveUntil(scene, ending);

  expect(ending.outcome).toBe("done");
  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual(["warning: the disk is nearly full"]);
});

test("several waits of one operation warn once", () => {
  const said: string[] = [];
  const voice: Voice = {
    progress: () => undefined,
    every: 10_000,
    inform: () => undefined,
    warn: (line) => said.push(line),
  };
  const operation = createScene().operation({ voice });
  const remote = { status: { phase: "ENVIRONMENT_PHASE_RUNNING", warningMessage: ["the disk is nearly full"] } };

  createProgress(environment as Definition, operation, { began: 0 }).see(remote);
  createProgress(environment as Definition, operation, { began: 0 }).see(remote);

  expect(said).toEqual(["the disk is nearly full"]);
});

test("warnings and failed parts stand in the report of a failure", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, { ...dev, name: "fail-start" });
  await move(scene, 3);
  const warn = { status: { warningMessage: ["the disk is nearly full"] } };
  scene.emulator.admin.patch("environments", firstId(scene, "environments"), warn);

  await moveUntil(scene, ending);

  expect((ending.outcome as Error).message.replace(/\d+ s/g, "N s").split("\n")).toEqual([
    expect.stringMatching(
      /^Environment \S+ did not reach RUNNING, it is STOPPED: cannot initialize the content: the repository does not answer$/,
    ),
    "  content FAILED: cannot initialize the content: the repository does not answer",
    "  warning: the disk is nearly full",
    "  phases: CREATING after N s, STARTING after N s, STOPPING after N s, STOPPED after N s",
    "  It is kept; correct the cause and run pulumi up again, which goes on from here.",
  ]);
});

test("what the server says is one line each, without escape codes and secrets", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const ending = creating(scene, service, web(environmentId), { secrets: ["hunter2-hunter2"] });
  await scene.time.pass(500);
  const failureMessage = "cannot sign in\nwith \u001b[31mhunter2-hunter2\u001b[0m";

  const status = { phase: "SERVICE_PHASE_FAILED", failureMessage };
  scene.emulator.admin.patch("services", firstId(scene, "services"), { status });
  await scene.time.pass(1000);

  expect((ending.outcome as Error).message.split("\n")[0]).toMatch(/it is FAILED: cannot sign in with \[secret\]$/);
});

test("the phases of an object that never rests do not fill pages", () => {
  const progress = createProgress(service as Definition, createScene().operation(), { began: 0 });

  for (let i = 0; i < 100; i++)
    progress.see({ status: { phase: i % 2 === 0 ? "SERVICE_PHASE_STARTING" : "SERVICE_PHASE_STOPPING" } });

  expect(progress.phases().split(", ")).toHaveLength(11);
  expect(progress.phases()).toContain("… (90 more) …");
});

test("an execution says what it waits for, from pending to its end", async () => {
  const scene = createScene();
  const taskId = await addTask(scene, await runningEnvironment(scene), "sleep 3");
  scene.told.length = 0;
  await moveUntil(scene, creating(scene, taskExecution, { taskId }));

  expect(timeless(scene.told)).toEqual(["PENDING", "RUNNING", "SUCCEEDED"]);
});
