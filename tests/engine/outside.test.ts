import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { runScript } from "../../tools/run";
import { all, becoming, type Every, everyKind, linksOf, replacedKind, updatedKind } from "../kinds/every";
import { declared } from "../kinds/program";
import { type InstalledPackage, installPackage } from "./package";
import { objectsOf, openScene, outcomeOf, stateOf, writesOf } from "./scene";

const quiet = { code: 0, complaints: [] };

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage();
});

afterAll(() => installed?.remove());

test("the package holds what runs and what explains it, and neither tests nor tools", () => {
  const folder = join(installed.modules, "pulumi-gitpod");

  const parts = readdirSync(folder).filter((name) => !/^(README|LICENSE|CHANGELOG|THIRD_PARTY)/.test(name));
  const built = readdirSync(join(folder, "dist")).filter((name) => !name.startsWith("."));

  expect(parts.sort()).toEqual(["dist", "examples", "package.json", "proto"]);
  expect(readdirSync(join(folder, "examples")).sort()).toEqual(["pipelines", "policy", "review-environment"]);
  expect(built.sort()).toEqual([
    "adopt",
    "bin",
    "command",
    "emulator",
    "probe",
    "proto",
    "provider",
    "sdk",
    "terraform",
  ]);
  expect(existsSync(join(folder, "proto", "gen"))).toBe(false);
});

test("outside the repository an account is taken over, and the project takes the package from where it was installed", async () => {
  const { host, engine } = await openScene({ program: {} });
  const command = join(installed.modules, "pulumi-gitpod", "dist", "command", "main.js");
  const env = { ...process.env, GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner };

  const adopted = await runScript(command, ["adopt", "--out", join(engine.folder, "taken")], { env });

  expect(adopted).toMatchObject({ code: 0, stdout: expect.stringContaining("Written to") });
  const { dependencies } = JSON.parse(readFileSync(join(engine.folder, "taken", "package.json"), "utf8"));
  expect(dependencies["pulumi-gitpod"]).toMatch(/^file:.+\.tgz$/);
  expect(existsSync(join(engine.folder, "taken", dependencies["pulumi-gitpod"].replace("file:", "")))).toBe(true);
});

test("outside the repository a TypeScript program brings every kind through its life", async () => {
  const program = (every: Every) => ({
    "index.ts": `import * as gitpod from "pulumi-gitpod";\n${declared(linksOf(every))}`,
  });
  const scene = await openScene({ program: program(everyKind), modules: installed.modules });
  const { engine } = scene;

  const preview = outcomeOf(await engine.preview());
  const previewed = writesOf(scene);
  const creation = outcomeOf(await engine.up());
  const repetition = outcomeOf(await engine.up());
  writesOf(scene);
  engine.write(program(updatedKind));
  const update = outcomeOf(await engine.up());
  engine.write(program(replacedKind));
  const replacement = outcomeOf(await engine.up());
  const refresh = await engine.refresh();
  const destruction = outcomeOf(await engine.destroy());

  expect([preview, previewed]).toEqual([{ ...quiet, operations: all("create") }, []]);
  expect(creation).toEqual({ ...quiet, operations: all("create") });
  expect(repetition).toEqual({ ...quiet, operations: all("same") });
  expect(update).toEqual({ ...quiet, operations: becoming(everyKind, updatedKind) });
  expect(replacement).toEqual({ ...quiet, operations: becoming(updatedKind, replacedKind) });
  expect(refresh.summary).toEqual({ same: linksOf(everyKind).length + 1 });
  expect(destruction).toEqual({ ...quiet, operations: all("delete") });
  expect(objectsOf(scene)).toEqual({});
});

test("outside the repository a program of ECMAScript modules works, with a function awaited at its top", async () => {
  const scene = await openScene({
    program: {
      "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: index.js\n",
      "package.json": '{ "name": "test", "private": true, "type": "module" }\n',
      "index.js": `import * as gitpod from "pulumi-gitpod";
const { organizationId } = await gitpod.getAuthenticatedIdentity();
const reviewers = new gitpod.Group("reviewers", { organizationId, name: "Reviewers" });
export const name = reviewers.name;
`,
    },
    modules: installed.modules,
  });
  const { engine } = scene;

  const { operations: creation } = await engine.up();
  const { operations: repetition } = await engine.up();
  const outputs = await engine.outputs();

  expect(creation).toEqual({ reviewers: "create" });
  expect(repetition).toEqual({ reviewers: "same" });
  expect(outputs).toEqual({ name: "Reviewers" });
});

test("outside the repository a program runs on the plugin that the package brings along", async () => {
  const scene = await openScene({
    adapter: "plugin",
    program: {
      "index.ts": `import * as gitpod from "pulumi-gitpod";
new gitpod.Group("reviewers", { organizationId: "${ids.organization}", name: "Reviewers" });
`,
    },
    modules: installed.modules,
  });
  const { engine } = scene;

  const creation = outcomeOf(await engine.up());
  const { deployment } = await engine.export();
  const destruction = outcomeOf(await engine.destroy());

  expect(creation).toEqual({ ...quiet, operations: { reviewers: "create" } });
  expect(deployment.resources?.map(({ type }) => type)).toContain("gitpod:index:Group");
  expect(destruction).toEqual({ ...quiet, operations: { reviewers: "delete" } });
});

test("the provider object of a kind serves Pulumi's own dynamic resource, and the state holds no more than its name", async () => {
  const scene = await openScene({
    program: {
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
import reviewersProvider = require("pulumi-gitpod/dynamic/group");
class Own extends pulumi.dynamic.Resource {}
new Own(reviewersProvider, "reviewers", { organizationId: "${ids.organization}", name: "Reviewers" });
`,
    },
    modules: installed.modules,
  });
  const { engine } = scene;

  const creation = outcomeOf(await engine.up());
  const repetition = outcomeOf(await engine.up());
  const { reviewers } = await stateOf(scene);

  expect(creation).toEqual({ ...quiet, operations: { reviewers: "create" } });
  expect(repetition).toEqual({ ...quiet, operations: { reviewers: "same" } });
  expect(Buffer.byteLength(String(reviewers?.inputs?.__provider))).toBeLessThan(400);
});
