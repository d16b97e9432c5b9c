import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { extract, list } from "tar";
import { ids } from "../../emulator";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { requireFresh } from "../../tools/fresh";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { fileName, findExecutable } from "../../tools/pulumi/executable";
import { writeArchive } from "../../tools/release/archive";
import { type PackedPlugin, packPlugin } from "../../tools/release/pack-plugin";
import { archiveName, isSame, platforms, thisPlatform } from "../../tools/release/platform";
import { run } from "../../tools/run";
import { objectsOf, openScene, outcomeOf } from "../engine/scene";

const { version }: { version: string } = require("../../package.json");
const scripted = ["pulumi-resource-gitpod.LICENSES.txt", "pulumi-resource-gitpod.js", "schema.json"];
const kinds = Object.keys(require("../../provider/plugin/schema.json").resources).sort();
const program = {
  resources: { home: gitpod("Environment", { name: "Demo", spec: { machine: { class: ids.smallClass } } }) },
  outputs: { phase: `\${home.status.phase}` },
};

let folder: string;
let packed: PackedPlugin;

beforeAll(async () => {
  requireFresh();
  folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-release-"));
  packed = await packPlugin(() => {});
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there is an archive for each system under the name that Pulumi looks for, and each has its checksum", () => {
  const sums = readFileSync(packed.checksums, "utf8");

  expect(packed.archives.map((file) => basename(file))).toEqual([
    `pulumi-resource-gitpod-v${version}-linux-amd64.tar.gz`,
    `pulumi-resource-gitpod-v${version}-linux-arm64.tar.gz`,
    `pulumi-resource-gitpod-v${version}-darwin-amd64.tar.gz`,
    `pulumi-resource-gitpod-v${version}-darwin-arm64.tar.gz`,
    `pulumi-resource-gitpod-v${version}-windows-amd64.tar.gz`,
    `pulumi-resource-gitpod-v${version}-windows-arm64.tar.gz`,
  ]);
  expect(sums).toBe(packed.archives.map((file) => `${sha256(file)}  ${basename(file)}\n`).join(""));
});

test.each(platforms)("the archive for $os on $arch has what Pulumi starts, and the licenses", async (platform) => {
  const names: string[] = [];
  await list({ file: archiveFor(platform), onReadEntry: ({ path }) => names.push(path) });

  const executable = [fileName("pulumi-resource-gitpod"), "pulumi-resource-gitpod.LICENSES.txt"];
  const launcher = platform.os === "windows" ? "pulumi-resource-gitpod.cmd" : "pulumi-resource-gitpod";
  const own = isSame(platform, thisPlatform()) ? executable : [launcher, ...scripted];
  expect(names.sort()).toEqual(["LICENSE", ...own].sort());
});

test("the schema comes out of the executable, and from beside the script of an archive without one", async () => {
  const cli = await handedCli();
  const { os, arch } = thisPlatform();
  const scripted = platforms.find((each) => each.os === os && each.arch !== arch)!;

  const got = await Promise.all(
    [thisPlatform(), scripted].map(async (platform) => {
      const place = join(folder, `schema-${platform.arch}`);
      mkdirSync(place);
      await extract({ file: archiveFor(platform), cwd: place });
      const plugin = findExecutable("pulumi-resource-gitpod", [place])!;
      const { stdout } = await run(cli.bin, ["package", "get-schema", plugin], { env: { ...process.env, ...cli.env } });
      return Object.keys(JSON.parse(stdout).resources).sort();
    }),
  );

  expect(got).toEqual([kinds, kinds]);
});

test("the same files make the same archive, whenever they were written", async () => {
  const archives = ["2001-01-01", "2002-02-02"].map(async (day, index) => {
    const from = join(folder, `from-${index}`);
    mkdirSync(from);
    for (const name of index === 0 ? ["a", "b"] : ["b", "a"]) {
      writeFileSync(join(from, name), name);
      utimesSync(join(from, name), new Date(day), new Date(day));
    }
    await writeArchive(from, `${from}.tar.gz`);
    return readFileSync(`${from}.tar.gz`);
  });

  const [first, second] = await Promise.all(archives);

  expect(first?.equals(second as Buffer)).toBe(true);
});

test("the installed archive serves a program on a machine without Node.js, and so does its folder named in Pulumi.yaml", async () => {
  const cli = await handedCli();
  const archive = archiveFor(thisPlatform());
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked);
  await extract({ file: archive, cwd: unpacked });
  const scene = await openScene({
    program: { "Pulumi.yaml": JSON.stringify({ name: "test", runtime: "yaml", ...program }) },
    env: { PATH: dirname(cli.bin) },
  });
  const { engine } = scene;

  const installed = await engine.run("plugin", "install", "resource", "gitpod", version, "--file", archive);
  const schema = await engine.run("package", "get-schema", `gitpod@${version}`);
  const creation = outcomeOf(await engine.up());
  const outputs = await engine.outputs();
  engine.write(yaml(program, unpacked));
  await engine.run("plugin", "rm", "resource", "gitpod", "--yes");
  const repetition = outcomeOf(await engine.up());
  const destruction = outcomeOf(await engine.destroy());

  expect(installed.code).toBe(0);
  expect(Object.keys(JSON.parse(schema.stdout).resources).sort()).toEqual(kinds);
  expect(creation).toEqual({ code: 0, complaints: [], operations: { home: "create" } });
  expect(outputs).toEqual({ phase: "ENVIRONMENT_PHASE_RUNNING" });
  expect(repetition).toEqual({ code: 0, complaints: [], operations: { home: "same" } });
  expect(destruction).toEqual({ code: 0, complaints: [], operations: { home: "delete" } });
  expect(objectsOf(scene)).toEqual({});
});

const archiveFor = (platform: (typeof platforms)[number]): string =>
  join(dirname(packed.checksums), archiveName(platform, version));

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
