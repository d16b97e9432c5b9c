import { join } from "node:path";
import type { Emulator } from "../emulator";
import { createEngine, type Engine, type EngineRun } from "../tools/engine/engine";
import { noteMemory } from "./memory";
import { parentsOf, resourcesOf } from "./resources";
import { openSite, timed } from "./site";
import { type Opened, type Operation, type Sample, type Setting, type Subject, variantOf } from "./subject";
import { type Writing, writings, yamlPlugin } from "./writing";

/** Returns the subjects that run on the engine; the plugin that does nothing is in that folder. */
export const engineSubjects = (floorPlugin: string): Subject[] => writings(floorPlugin).map(subjectOf);

/** Opens a stack of a YAML program on the plugin. */
export const openYaml = (setting: Setting): Promise<OpenedStack> => open(yamlPlugin, setting);

const subjectOf = (writing: Writing): Subject => ({
  name: writing.name,
  ...(writing.floor !== undefined && { floor: writing.floor }),
  open: (setting) => open(writing, setting),
});

/** A stack on the engine, and the API that it works on. */
export interface OpenedStack extends Opened {
  readonly engine: Engine;
  readonly emulator: Emulator;
  perform(operation: Operation): Promise<Sample>;
}

async function open({ script, config, write }: Writing, { kind, size, latency }: Setting): Promise<OpenedStack> {
  const site = await openSite(latency, { parents: parentsOf(kind, size) });
  const filesFor = (operation: Operation) => write(resourcesOf(kind, size, variantOf(operation), site.home));
  const engine = await createEngine({
    program: filesFor("create"),
    env: {
      GITPOD_BASE_URL: site.host,
      GITPOD_API_KEY: site.token,
      GITPOD_CLASSIC_HOST: site.host,
      GITPOD_CLASSIC_TOKEN: site.classicToken,
      ...withoutCheckpoints(size),
    },
    logs: false,
    ...(config && { config }),
  }).catch(async (error: unknown) => {
    await site.close();
    throw error;
  });
  const memory = noteMemory(join(engine.folder, ".."));
  Object.assign(engine.env, memory.env);
  return {
    engine,
    emulator: site.emulator,
    async perform(operation) {
      engine.write(filesFor(operation));
      const measured = await timed(site, () => succeeded(commands[operation](engine)));
      return { ...measured, memory: memory.take(script) };
    },
    async close() {
      await engine.dispose();
      await site.close();
    },
  };
}

const commands: Record<Operation, (engine: Engine) => Promise<EngineRun>> = {
  create: (engine) => engine.up(),
  "no-change up": (engine) => engine.up("--expect-no-changes"),
  preview: (engine) => engine.preview("--expect-no-changes"),
  "preview with refresh": (engine) => engine.preview("--refresh", "--expect-no-changes"),
  update: (engine) => engine.up(),
  destroy: (engine) => engine.destroy(),
};

/** Beyond a hundred resources the checkpoints of a file backend cost more than anything that a provider does. */
const withoutCheckpoints = (size: number): Record<string, string> =>
  size > 100 ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {};

/** Waits for a command, and fails with what it printed where it fails. */
export async function succeeded(run: Promise<EngineRun>): Promise<void> {
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(`Pulumi ended with ${code}:\n${stdout}\n${stderr}`);
}
