import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ids, tokens } from "../../emulator";
import { buildPlugin, codeCache, nodeOptions, pluginName } from "../../tools/build-plugin";
import { requireFresh } from "../../tools/fresh";
import { run } from "../../tools/run";
import { type Adapter, dynamic } from "../faults/adapter";
import { connection } from "../faults/connection";
import { startProvider } from "../faults/provider-process";
import { openEmulator } from "../scene";
import { plugin } from "./adapter";

jest.setTimeout(120_000);

const launcher = join(dirname(plugin.command[1]!), "pulumi-resource-gitpod");
const inputs = {
  name: "shop",
  initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
  environmentClasses: [{ environmentClassId: ids.smallClass, order: 1 }],
};
const outputs = {
  metadata: { name: "shop" },
  __inputs: JSON.stringify(inputs),
  __seen: JSON.stringify({ ready: true }),
};

beforeAll(() => requireFresh());

const launched: Adapter = { ...plugin, command: [process.execPath, ...nodeOptions, plugin.command[1]!] };

test.each([
  ["the plugin", launched],
  ["Pulumi's process with the dynamic adapter", dynamic],
])("a thousand resources take %s less than one and a half times the memory of one", async (_, adapter) => {
  const { host, close } = await openEmulator();
  const provider = await startProvider(adapter, { host, token: tokens.owner });
  const plugged = connection(provider.client, adapter.acceptsSecrets);
  const previewed = async (i: number): Promise<void> => {
    const subject = { urn: `urn:pulumi:test::test::gitpod:index:Project::shop-${i}`, type: "", name: `shop-${i}` };
    const hidden = adapter.hidden("Project", subject.urn, []);
    const [old, now] = [
      { ...outputs, ...hidden },
      { ...inputs, ...hidden },
    ];
    await plugged.check(subject, now, now);
    await plugged.diff(subject, ids.smallClass, { inputs: now, outputs: old }, now);
  };

  await previewed(0);
  const one = await residentBytes(provider.pid);
  for (let i = 1; i < 1000; i++) await previewed(i);
  const thousand = await residentBytes(provider.pid);
  await provider.kill();
  await close();

  expect(thousand / one).toBeLessThan(1.5);
});

test("the launcher tells Node.js to keep the garbage small", () => {
  expect(readFileSync(launcher, "utf8")).toContain(`exec node ${nodeOptions.join(" ")} `);
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

async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}
