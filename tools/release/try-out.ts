import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ids } from "../../emulator";
import { createEngine, type Engine, type EngineRun } from "../engine/engine";
import type { Log } from "../pulumi/cli";
import { findPulumi } from "../pulumi/find-pulumi";
import { startEmulator } from "../quickstart/emulator";
import { archiveName, thisPlatform } from "./platform";
import { step } from "./step";
import { installTarball } from "./tarball";

/** What a release is tried on. */
interface Place {
  /** The folder with the files of the release. */
  release: string;
  version: string;
  /** An empty folder. */
  empty: string;
  /** Home, host and token of every command. */
  env: Record<string, string>;
  log: Log;
}

/** Installs the tarball and the plugin archive as users do, each where nothing is, and runs a program with each on the emulator. */
export async function tryOut(release: string, version: string, log: Log): Promise<void> {
  const empty = mkdtempSync(join(tmpdir(), "pulumi-gitpod-try-out-"));
  const [home, world] = [join(empty, "home"), join(empty, "world")];
  for (const folder of [home, world]) mkdirSync(folder);
  const emulator = await startEmulator(world);
  const env = { HOME: home, USERPROFILE: home, GITPOD_BASE_URL: emulator.url, GITPOD_API_KEY: emulator.token };
  const place = { release, version, empty, env, log };
  try {
    await tryTarball(place);
    await tryArchive(place);
  } finally {
    await emulator.stop();
    rmSync(empty, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function tryTarball({ release, version, empty, env, log }: Place): Promise<void> {
  const folder = join(empty, "with-tarball");
  mkdirSync(folder);
  const tarball = join(release, `pulumi-gitpod-${version}.tgz`);
  const modules = await step(log, "npm install of the tarball where nothing is", () => installTarball(tarball, folder));
  const program = {
    "index.ts": `import * as gitpod from "pulumi-gitpod";
const home = new gitpod.Environment("home", { name: "Demo", spec: { machine: { class: "${ids.smallClass}" } } });
export const phase = home.status.phase;
`,
  };
  const engine = await createEngine({ program, modules, env });
  await runProgram(engine, "TypeScript", log);
}

async function tryArchive({ release, version, env, log }: Place): Promise<void> {
  const archive = join(release, archiveName(thisPlatform(), version));
  const program = {
    name: "test",
    runtime: "yaml",
    resources: {
      home: {
        type: "gitpod:Environment",
        properties: { name: "Demo", spec: { machine: { class: ids.smallClass } } },
      },
    },
    outputs: { phase: `\${home.status.phase}` },
  };
  const { bin } = await findPulumi(log);
  // Without a Node.js on PATH: the executable brings its own.
  const onlyPulumi = { ...env, PATH: dirname(bin) };
  const engine = await createEngine({ program: { "Pulumi.yaml": JSON.stringify(program) }, env: onlyPulumi });
  await step(log, "pulumi plugin install of the archive where nothing is", async () =>
    succeed(await engine.run("plugin", "install", "resource", "gitpod", version, "--file", archive)),
  );
  await runProgram(engine, "YAML", log);
}

/** Creates what the program says, sees that nothing is left to change, and deletes it. */
async function runProgram(engine: Engine, language: string, log: Log): Promise<void> {
  try {
    await step(log, `a program in ${language}: up, a preview without changes, destroy`, async () => {
      succeed(await engine.up());
      const { phase } = await engine.outputs();
      if (phase !== "ENVIRONMENT_PHASE_RUNNING") throw new Error(`The environment came up as ${phase}.`);
      succeed(await engine.preview("--expect-no-changes"));
      succeed(await engine.destroy());
    });
  } finally {
    await engine.dispose();
  }
}

function succeed({ code, stdout, stderr }: EngineRun): void {
  if (code !== 0) throw new Error(`Pulumi failed:\n${(stdout + stderr).trim()}`);
}
