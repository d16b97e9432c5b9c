import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { lazily } from "../../provider/value/lazily";
import { buildPlugin, codeCache, pluginName } from "../../tools/build-plugin";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

jest.setTimeout(120_000);

test("the plugin is one script of at most 2 MB", () => {
  requireFresh();

  expect(statSync(join(root, "dist", "bin", `${pluginName}.js`)).size).toBeLessThanOrEqual(2_000_000);
});

test("a kind takes at most 10 KB of it beside the descriptors of its API, which other kinds share", async () => {
  const inputs = await bundled();
  const kinds = Object.keys(inputs).filter((file) => /^provider\/resources\/(?!index)[^/]+$/.test(file));

  const sizes = kinds.map((file) => ({ file, bytes: inputs[file]!.bytesInOutput + schemaOf(file) }));

  expect(sizes.length).toBe(Object.keys(schema.resources).length);
  expect(sizes.filter(({ bytes }) => bytes > 10_000)).toEqual([]);
});

test("its rules are compiled late", async () => {
  const inputs = await bundled();

  expect(inputs["provider/plugin/lazy-rules.ts"]?.bytesInOutput).toBeGreaterThan(0);
});

test("the npm package is at most 1.5 MB packed", async () => {
  requireFresh();
  const windows = process.platform === "win32";
  const [command, first] = windows ? ["cmd.exe", ["/c", "npm"]] : ["npm", []];

  const { stdout } = await run(
    command,
    [...first, "pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"],
    {
      cwd: root,
    },
  );
  const [packed]: { size: number; files: { path: string }[] }[] = JSON.parse(stdout);

  expect(packed?.size).toBeLessThanOrEqual(1_500_000);
  expect(packed?.files.filter(({ path }) => path.includes(codeCache))).toEqual([]);
});

const schema: { readonly resources: Readonly<Record<string, object>> } = require("../../provider/plugin/schema.json");

/** How many bytes of each file are in the bundle. */
async function inputsOfBundle(): Promise<Record<string, { bytesInOutput: number }>> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-budget-"));
  try {
    const { outputs }: Metafile = await buildPlugin(folder);
    return Object.values(outputs)[0]!.inputs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bundled = lazily(inputsOfBundle);

/** How many bytes of the schema are about the kind of a definition's file, such as `task-execution.ts`. */
function schemaOf(file: string): number {
  const token = Object.keys(schema.resources).find((each) => kebab(each.split(":").at(-1)!) === basename(file, ".ts"));
  return JSON.stringify(schema.resources[token ?? ""]).length;
}

const kebab = (kind: string): string => kind.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
