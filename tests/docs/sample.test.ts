import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { tokens } from "../../emulator";
import type { EngineRun } from "../../tools/engine/engine";
import { builtPlugin } from "../../tools/engine/yaml";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { languageHosts } from "../../tools/pulumi/language-hosts";
import { pythonPackages } from "../../tools/pulumi/python-packages";
import { testedVersion } from "../../tools/pulumi/version";
import { run } from "../../tools/run";
import { buildSdks, sdksFolder } from "../../tools/sdks/build-sdks";
import { objectsOf, openScene, outcomeOf, type SceneOptions } from "../engine/scene";
import { blockOf, blocksOf } from "./page";

// Go compiles Pulumi's SDK and ours when it does so for the first time.
jest.setTimeout(900_000);

const example = "_index.md";
const account = "installation-configuration.md";
const organization = "organization.md";
const classic = "classic.md";
const plugins = JSON.stringify({ providers: [{ name: "gitpod", path: builtPlugin }] });
const project = (runtime: string) => `name: website\nruntime: ${runtime}\nplugins: ${plugins}\n`;
const silent = () => {};

const sdkForPython = mkdtempSync(join(tmpdir(), "pulumi-gitpod-python-"));
let built: Promise<void> | undefined;

/** The SDKs, which only the languages that have one wait for, because Go makes them. */
const sdks = () => {
  built ??= buildSdks(silent);
  return built;
};

afterAll(() => rmSync(sdkForPython, { recursive: true, force: true }));

test("the samples in TypeScript make what they say, once", async () => {
  const typescript = (code: string): SceneOptions => ({
    program: { "Pulumi.yaml": project("nodejs").replace("nodejs", "nodejs\nmain: index.ts"), "index.ts": code },
  });

  await expectExample(typescript(blockOf(example, "typescript")));
  await expectAccount(typescript(blockOf(account, "typescript")));
  await expectOrganization(typescript(blockOf(organization, "typescript")));
  await expectClassic(typescript(blockOf(classic, "typescript")));
});

test("the samples in YAML make what they say, once", async () => {
  const yaml = (code: string): SceneOptions => ({ program: { "Pulumi.yaml": `${code}plugins: ${plugins}\n` } });

  await expectExample(yaml(blockOf(example, "yaml")));
  await expectAccount(yaml(blocksOf(account, "yaml").at(-1) ?? ""));
  await expectOrganization(yaml(blockOf(organization, "yaml")));
  await expectClassic(yaml(blockOf(classic, "yaml")));
});

test("the samples in Go compile with the SDK, and make what they say, once", async () => {
  await sdks();
  const path = await pathWithHosts();
  const module = `module website

go 1.25

require (
	github.com/pulumi/pulumi/sdk/v3 v${testedVersion}
	pulumi-gitpod/sdk/go v0.1.0
)

replace pulumi-gitpod/sdk/go => ${join(sdksFolder, "go")}
`;
  const go = (code: string): SceneOptions => ({
    program: { "Pulumi.yaml": project("go"), "go.mod": module, "main.go": code },
    // The second flag makes Go take what it has compiled for the CLI.
    env: { PATH: path, GOFLAGS: "-mod=mod -trimpath" },
  });

  await expectExample(go(blockOf(example, "go")));
  await expectAccount(go(blockOf(account, "go")));
  await expectOrganization(go(blockOf(organization, "go")));
});

test("the samples in Python compile, and so does the SDK", async () => {
  await sdks();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-python-"));
  try {
    for (const page of [example, account, organization, classic])
      writeFileSync(join(folder, `${page}.py`), blockOf(page, "python"));

    const ran = await run("python3", ["-m", "compileall", "-q", folder, join(sdksFolder, "python")]);

    expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("where a Python package index answers, the samples in Python make what they say, once", async () => {
  const packages = await pythonPackages(silent).catch((error: Error) => error);
  if (packages instanceof Error) {
    process.stderr.write(`The samples in Python were only compiled, for want of packages: ${packages.message}\n`);
    return;
  }
  await sdks();
  const installing = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", sdkForPython];
  const installed = await run("python3", [...installing, join(sdksFolder, "python")]);
  const env = { PATH: await pathWithHosts(), PYTHONPATH: [packages, sdkForPython].join(delimiter) };
  const python = (code: string): SceneOptions => ({
    program: { "Pulumi.yaml": project("python"), "__main__.py": code },
    env,
  });

  expect({ code: installed.code, said: installed.stdout }).toEqual({ code: 0, said: "" });
  await expectExample(python(blockOf(example, "python")));
  await expectAccount(python(blockOf(account, "python")));
  await expectOrganization(python(blockOf(organization, "python")));
  await expectClassic(python(blockOf(classic, "python")));
});

/** Runs the example: all is created and comes up, a repetition changes nothing, nothing is left at the end. */
async function expectExample(options: SceneOptions): Promise<void> {
  const scene = await openScene(options);
  const { engine } = scene;

  const creation = ownOutcome(await engine.up());
  const outputs = await engine.outputs();
  const repetition = ownOutcome(await engine.preview());
  const destruction = ownOutcome(await engine.destroy());

  const every = (operation: string) => ({ website: operation, review: operation, web: operation });
  expect(creation).toEqual({ code: 0, complaints: [], operations: every("create") });
  expect(outputs).toEqual({ phase: "SERVICE_PHASE_RUNNING" });
  expect(repetition).toEqual({ code: 0, complaints: [], operations: every("same") });
  expect(destruction).toEqual({ code: 0, complaints: [], operations: every("delete") });
  expect(objectsOf(scene)).toEqual({});
}

test("the sample in Java names what its SDK has", async () => {
  await sdks();
  const sources = join(sdksFolder, "java", "src", "main", "java");
  const sample = blockOf(organization, "java");
  const imported = [...sample.matchAll(/^import (com\.pulumi\.gitpod\..*);$/gm)].map(([, name = ""]) => name);
  const textOf = (name: string) => readFileSync(join(sources, `${name.replaceAll(".", "/")}.java`), "utf8");
  const all = imported.map(textOf).join("\n");
  const called = [...sample.matchAll(/\.([a-z]\w*)\(/g)].map(([, name = ""]) => name);
  const ours = [...new Set(called)].filter((name) => !["run", "of", "export", "id"].includes(name));
  const constants = [...sample.matchAll(/\((?:Runner|Webhook)\w+\.(\w+)\)/g)].map(([, name = ""]) => name);

  expect(imported.length).toBeGreaterThan(15);
  expect(ours.filter((name) => !new RegExp(`\\b${name}\\(`).test(all))).toEqual([]);
  expect(constants).toEqual(["ScmRepository", "Github", "AwsEc2"]);
  expect(constants.filter((name) => !all.includes(`${name}("`))).toEqual([]);
});

/** Runs the sample of an organization, of which secrets are outputs, and which gives back what was there before. */
async function expectOrganization(options: SceneOptions): Promise<void> {
  const scene = await openScene(options);
  const { engine, emulator } = scene;
  const governed = () => [
    emulator.admin.objects("organizationPolicies"),
    emulator.admin.objects("announcementBanners"),
  ];
  const before = governed();

  const creation = ownOutcome(await engine.up());
  const outputs = await engine.outputs();
  const repetition = ownOutcome(await engine.preview());
  const destruction = ownOutcome(await engine.destroy());

  const every = (operation: string) =>
    Object.fromEntries(
      ["policies", "maintenance", "robot", "pipeline", "pushes", "frankfurt"].map((name) => [name, operation]),
    );
  const told = expect.stringMatching(/.{20}/);
  expect(creation).toEqual({ code: 0, complaints: [], operations: every("create") });
  expect(outputs).toEqual({ token: told, webhookSecret: told, exchangeToken: told });
  expect(repetition).toEqual({ code: 0, complaints: [], operations: every("same") });
  expect(destruction).toEqual({ code: 0, complaints: [], operations: every("delete") });
  expect(objectsOf(scene)).toEqual({});
  expect(governed()).toEqual(before);
}

/** Runs the sample of Gitpod Classic. */
async function expectClassic(options: SceneOptions): Promise<void> {
  const scene = await openScene(options);
  const { engine } = scene;

  const creation = ownOutcome(await engine.up());
  const repetition = ownOutcome(await engine.preview());
  const destruction = ownOutcome(await engine.destroy());

  const every = (operation: string) => ({ platform: operation, website: operation });
  expect(creation).toEqual({ code: 0, complaints: [], operations: every("create") });
  expect(repetition).toEqual({ code: 0, complaints: [], operations: every("same") });
  expect(destruction).toEqual({ code: 0, complaints: [], operations: every("delete") });
  expect(objectsOf(scene)).toEqual({});
}

/** Runs the sample of another account, where the environment names none. */
async function expectAccount(options: SceneOptions): Promise<void> {
  const noAccount = { GITPOD_API_KEY: "", GITPOD_BASE_URL: "" };
  const scene = await openScene({ ...options, env: { ...options.env, ...noAccount } });
  const { engine, host } = scene;
  await engine.configure({ "website:stagingToken": { secret: tokens.owner }, "website:stagingHost": host });

  const creation = ownOutcome(await engine.up());

  expect(creation).toEqual({ code: 0, complaints: [], operations: { reviewers: "create" } });
  expect(objectsOf(scene)).toEqual({ groups: 1 });
}

/**
 * Without the warning that a language host does not stand beside the CLI, where it was built for the test, and without
 * what Go tells of the modules that it fetches on a machine that has none yet.
 */
function ownOutcome(ran: EngineRun): ReturnType<typeof outcomeOf> {
  const outcome = outcomeOf(ran);
  return {
    ...outcome,
    complaints: outcome.complaints.filter((line) => !/^(using pulumi-language-|go: downloading )/.test(line)),
  };
}

async function pathWithHosts(): Promise<string> {
  const cli = await handedCli();
  return [await languageHosts(cli, silent), cli.env.PATH ?? process.env.PATH].join(delimiter);
}
