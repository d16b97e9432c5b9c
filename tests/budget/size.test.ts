import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { kinds } from "../../provider/plugin/kinds";
import { schemaFile } from "../../provider/plugin/schema-text";
import { lazily } from "../../provider/value/lazily";
import { buildPlugin, codeCache, pluginName } from "../../tools/build-plugin";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run } from "../../tools/run";
import { filesUnder } from "../../tools/sources";

jest.setTimeout(120_000);

/** The kinds that the API has to offer, most of which are still to come. */
const kindsToBe = 47;

test("the plugin is one script of at most 2.5 MB, once every file of the API and all 47 kinds are in it", async () => {
  const { bytes, inputs } = await bundled();
  const descriptors = filesUnder(root, "proto/gen/gitpod");

  const taken = descriptors.reduce((sum, file) => sum + (inputs[file]?.bytesInOutput ?? 0), 0);
  const whole = descriptors.reduce((sum, file) => sum + minified(file), 0);

  expect(bytes - taken + whole + (kindsToBe - kinds.length) * bytesOfKind).toBeLessThanOrEqual(2_500_000);
});

/** The most that the definition of a kind takes of the script. */
const bytesOfKind = 3_000;

test("a kind takes at most 3 KB of it beside the descriptors of its API, which other kinds share", async () => {
  const { inputs } = await bundled();
  const files = Object.keys(inputs).filter((file) =>
    /^provider\/resources\/(experimental\/)?(?!index|loaders)[^/]+$/.test(file),
  );

  const sizes = files.map((file) => ({ file, bytes: inputs[file]!.bytesInOutput }));

  expect(sizes.length).toBe(kinds.length);
  expect(sizes.filter(({ bytes }) => bytes > bytesOfKind)).toEqual([]);
});

test("its schema stands beside it", async () => {
  const { inputs } = await bundled();

  expect(Object.keys(inputs).filter((file) => file.endsWith("schema.json"))).toEqual([]);
  expect(readFileSync(join(root, "dist", "bin", "schema.json"), "utf8")).toBe(readFileSync(schemaFile, "utf8"));
});

test("it is plain ASCII: one other character, and Node.js keeps two bytes in memory for each of the script", async () => {
  const { text } = await bundled();

  expect([...text.matchAll(/[^\0-\x7f]/g)].map(({ index }) => text.slice(index - 20, index + 20))).toEqual([]);
});

test("its rules are compiled late", async () => {
  const { inputs } = await bundled();

  expect(inputs["provider/plugin/lazy-rules.ts"]?.bytesInOutput).toBeGreaterThan(0);
});

test("the npm package is at most 1.2 MB packed, and 15 KB for each kind", async () => {
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

  expect(packed?.size).toBeLessThanOrEqual(1_200_000 + 15_000 * kinds.length);
  expect(packed?.files.filter(({ path }) => path.includes(codeCache))).toEqual([]);
});

/** The script as it is built now, and how many bytes of each file are in it. */
async function bundle(): Promise<{ text: string; bytes: number; inputs: Record<string, { bytesInOutput: number }> }> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-budget-"));
  try {
    const { outputs } = await buildPlugin(folder);
    const { bytes, inputs } = Object.values(outputs)[0]!;
    return { text: readFileSync(join(folder, `${pluginName}.js`), "utf8"), bytes, inputs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bundled = lazily(bundle);

/** How many bytes a file takes that is bundled whole. */
const minified = (file: string): number =>
  Buffer.byteLength(transformSync(readFileSync(join(root, file), "utf8"), { loader: "ts", minify: true }).code);
