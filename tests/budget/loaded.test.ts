import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { text } from "node:stream/consumers";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

beforeAll(() => requireFresh());

test("importing the package loads names alone, and using a class loads that class", async () => {
  const without = await loadedBy('require("@pulumi/pulumi")');
  const imported = await loadedBy('require("./dist/sdk")');
  const used = (await loadedBy('require("@pulumi/pulumi"); require("./dist/sdk").Group')).filter(
    (file) => !without.includes(file),
  );

  expect(imported).toEqual(["dist/sdk/index.js"]);
  expect(used.filter((file) => file.startsWith("dist/sdk/resources/"))).toEqual(["dist/sdk/resources/group.js"]);
  expect(used.filter((file) => !file.startsWith("dist/sdk/"))).toEqual([]);
  expect(bytesOf(used)).toBeLessThanOrEqual(60_000);
});

// Node.js asks for the value of every name at once, so that an ES module that imports one loads them all.
test("an ES module imports a class by its name, the same that other files get", async () => {
  const program = `import gitpod, { Group, EnvironmentPhase, getGroupOutput } from "./dist/sdk/index.js";
    import { Group as direct } from "./dist/sdk/resources/group.js";
    console.log(JSON.stringify([Group === direct, gitpod.Group === direct, EnvironmentPhase.RUNNING, typeof getGroupOutput]));`;

  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: root });

  expect([stdout.trim(), stderr]).toEqual(['[true,true,"ENVIRONMENT_PHASE_RUNNING","function"]', ""]);
});

test("a plugin that listens has loaded gRPC, and of the core nothing that it does not need to listen", async () => {
  const loaded = await loadedBy('require("./dist/provider/plugin/main.js")', "SIGTERM");
  const ours = loaded.filter((file) => file.startsWith("dist/"));
  const descriptors = loaded.filter((file) =>
    /^(dist\/proto\/gen\/|node_modules\/@(bufbuild|connectrpc)\/)/.test(file),
  );

  expect(descriptors).toEqual([]);
  expect(ours).toContain("dist/provider/plugin/main.js");
  expect(ours.length).toBeLessThanOrEqual(20);
});

/** Programs that have everything of `index`, by what brings it. */
const wholeIndex = {
  "the classes": 'all(require("./dist/sdk"), (name) => name !== "experimental")',
  "the dynamic adapter": 'all(require("./dist/provider/dynamic"), (name) => !name.startsWith("experimental"))',
  "the plugin": `const { definitionOf, kinds } = require("./dist/provider/plugin/kinds");
    const { functionNames, functionOf } = require("./dist/provider/functions");
    kinds.filter((name) => !name.includes(":")).map((name) => definitionOf("gitpod:index:" + name));
    functionNames.filter((name) => !name.includes(":")).map(functionOf);`,
};

const all = "const all = (from, isMeant) => Object.keys(from).filter(isMeant).map((name) => from[name]);";

test.each(Object.entries(wholeIndex))("%s of all kinds of index load nothing of another module", async (_, program) => {
  const loaded = (await loadedBy(`${all} ${program}`)).filter((file) => file.startsWith("dist/"));

  expect(loaded).toContain(`dist/${program.includes("sdk") ? "sdk" : "provider"}/resources/group.js`);
  expect(loaded.filter(isOfModule)).toEqual([]);
});

test("the namespace of a module is loaded when it is first used", async () => {
  const used = await loadedBy('require("./dist/sdk").experimental');

  expect(used.filter(isOfModule)).toEqual(["dist/sdk/experimental/index.js"]);
});

test("the provider objects of the dynamic adapter load a kind when it is first used", async () => {
  const used = await loadedBy('require("./dist/provider/dynamic").group');

  expect(used.filter((file) => file.startsWith("dist/provider/resources/"))).toEqual([
    "dist/provider/resources/loaders.js",
    "dist/provider/resources/group.js",
  ]);
});

const isOfModule = (file: string): boolean => file.startsWith("dist/") && /\bexperimental\b/.test(file);

/** The files that a process of its own has loaded when it ends, as paths from the root of the repository. */
async function loadedBy(program: string, end?: NodeJS.Signals): Promise<string[]> {
  const print = "process.on('exit', () => console.log('\\n' + JSON.stringify(Object.keys(require.cache))));";
  const child = spawn(process.execPath, ["--eval", `${print} ${program}`], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = text(child.stdout);
  // The first thing that a plugin says is that it listens.
  if (end) await once(child.stdout, "data").then(() => child.kill(end));
  const files: string[] = JSON.parse((await said).trim().split("\n").at(-1) ?? "[]");
  return files.map((file) => relative(root, file).split(sep).join("/"));
}

const bytesOf = (files: readonly string[]): number =>
  files.reduce((bytes, file) => bytes + statSync(join(root, file)).size, 0);
