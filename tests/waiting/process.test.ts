import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Emulator, ids, type Pace, tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { type FakeEngine, startEngine } from "./fake-engine";

jest.setTimeout(60_000);

beforeAll(() => requireFresh());

interface Played {
  readonly emulator: Emulator;
  readonly engine: FakeEngine;
  readonly child: ChildProcess;
  /** What the process has written so far. */
  output(): string;
  /** The exit code, once the process has ended. */
  readonly exit: Promise<number | null>;
}

/** Starts a provider process that creates an environment. */
async function play(name: string, pace: Pace): Promise<Played> {
  const { emulator, host: url, close } = await openEmulator({ pace });
  afterTest(close);
  const engine = await startEngine();
  afterTest(() => engine.kill());
  const inputs = JSON.stringify({ name, spec: { machine: { class: ids.smallClass } } });
  const args = [join(__dirname, "provider-process.js"), url, tokens.owner, "environment", inputs, engine.address];
  const child = spawn(process.execPath, args, { env: { ...process.env, CI: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  afterTest(() => child.kill("SIGKILL"));
  return {
    emulator,
    engine,
    child,
    output: () => text,
    exit: new Promise((resolve) => child.once("close", resolve)),
  };
}

test.each([
  ["dev", /^created\n$/],
  ["fail-start", /^Environment \S+ did not reach RUNNING, it is (STOPPING|STOPPED): /],
])("a process that has waited for %s clears its progress and ends by itself", async (name, output) => {
  const played = await play(name, "fast");

  expect(await played.exit).toBe(0);
  expect(played.output()).toMatch(output);
  expect(played.emulator.admin.streams()).toBe(0);
  // No command line says whether debug output is shown, so that each call is told.
  const [first, ...rest] = played.engine.lines.filter(({ severity }) => severity !== "DEBUG");
  const message = expect.stringMatching(/^(CREATING|STARTING)( · .+: \w+)? · 0:0\d$/);
  expect(first).toEqual({ message, severity: "INFO", ephemeral: true, urn });
  expect(rest.at(-1)).toEqual({ message: "", severity: "INFO", ephemeral: true, urn });
});

test("a process whose engine is gone stops waiting and ends", async () => {
  const played = await play("stuck-starting", "fast");
  await played.engine.heard(/STARTING/);

  played.engine.kill();

  expect(await played.exit).toBe(1);
  expect(played.output()).toMatch(/the engine is gone/);
  expect(played.emulator.admin.streams()).toBe(0);
});

test("a warning stays, as one line without secrets and escape codes", async () => {
  const played = await play("stuck-starting-hunter2", "fast");
  await played.engine.heard(/STARTING/);
  const [{ id }] = played.emulator.admin.objects("environments") as [{ id: string }];

  const warningMessage = ["no space on\n\u001b[31mstuck-starting-hunter2\u001b[0m"];
  played.emulator.admin.patch("environments", id, { status: { warningMessage } });
  await played.engine.heard(/no space/);

  expect(played.engine.lines.filter(({ severity }) => severity === "WARNING")).toEqual([
    { message: "no space on [secret]", severity: "WARNING", ephemeral: false, urn },
  ]);
});

const urn = "urn:pulumi:test::test::pulumi-nodejs:dynamic/gitpod:Environment::dev";
