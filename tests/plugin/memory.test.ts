import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ids, tokens } from "../../emulator";
import { buildPlugin, codeCache, nodeOptions, pluginName } from "../../tools/build-plugin";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run } from "../../tools/run";
import { type Adapter, dynamic } from "../faults/adapter";
import { connection } from "../faults/connection";
import { startProvider } from "../faults/provider-process";
import { openEmulator } from "../scene";
import { plugin } from "./adapter";

jest.setTimeout(120_000);

const launcher = join(dirname(plugin.command[1]!), "pulumi-resource-gitpod");
const shop = {
  name: "shop",
  initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
  environmentClasses: [{ environmentClassId: ids.smallClass, order: 1 }],
};

beforeAll(() => requireFresh());

test("a thousand resources take the plugin less than one and a half times the memory of one", async () => {
  const launched = { ...plugin, command: [process.execPath, ...nodeOptions, plugin.command[1]!] as const };

  expect((await memoryOf(launched, 1000)) / (await memoryOf(launched, 1))).toBeLessThan(1.5);
});

test("a thousand resources take Pulumi's process less than 1.2 times the memory that a provider takes there that does nothing", async () => {
  const idle = join(root, "bench", "floor", "dynamic.js");
  const hidden = () => ({ __provider: `exports.handler=()=>require(${JSON.stringify(idle)})` });

  expect((await memoryOf(dynamic, 1000)) / (await memoryOf({ ...dynamic, hidden }, 1000))).toBeLessThan(1.2);
});

test("the launcher tells Node.js to keep the garbage small", () => {
  const text = readFileSync(launcher, "utf8");

  expect(text).toContain(`exec node ${nodeOptions.join(" ")} `);
  expect(text).toContain('export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"');
});

test("what the launcher starts keeps its compiled code for the next start, beside the script and nowhere else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-code-"));
  await buildPlugin(folder);
  const before = readdirSync(folder);
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;

  const child = spawn(join(folder, pluginName), { cwd: tmpdir(), env, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGINT");
  await once(child, "exit");

  const added = readdirSync(folder).filter((name) => !before.includes(name));
  const [version] = readdirSync(join(folder, codeCache));
  const code = readdirSync(join(folder, codeCache, version!));
  rmSync(folder, { recursive: true, force: true });
  expect({ added, code: code.length }).toEqual({ added: [codeCache], code: 1 });
});

/** Returns the bytes that a process takes which has created and read so many projects. */
async function memoryOf(adapter: Adapter, count: number): Promise<number> {
  const { host, close } = await openEmulator();
  const { client, pid, kill } = await startProvider(adapter, { host, token: tokens.owner });
  const provider = connection(client, adapter.acceptsSecrets);
  for (let number = 0; number < count; number++) {
    const urn = `urn:pulumi:test::test::gitpod:index:Project::shop-${number}`;
    const subject = { urn, type: "", name: "shop" };
    const { inputs } = await provider.check(subject, {}, { ...shop, ...adapter.hidden("Project", urn, []) });
    const { id, outputs } = await provider.create(subject, inputs);
    const read = await provider.read(subject, id, { inputs, outputs });
    await provider.diff(subject, id, read!, inputs);
  }
  const bytes = await residentBytes(pid);
  await kill();
  await close();
  return bytes;
}

async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}
