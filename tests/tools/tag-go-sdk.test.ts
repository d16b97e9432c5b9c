import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeArchive } from "../../tools/release/archive";
import { root } from "../../tools/root";
import { type Run, run } from "../../tools/run";

const path = "github.com/acme/pulumi-gitpod/sdk/go";
const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-tag-"));
const origin = join(folder, "origin.git");
const clone = join(folder, "clone");
const sdk = join(folder, "sdk");
const archive = join(folder, "sdk.tar.gz");
const env = {
  ...process.env,
  GIT_CONFIG_COUNT: "3",
  GIT_CONFIG_KEY_0: "user.name",
  GIT_CONFIG_VALUE_0: "tests",
  GIT_CONFIG_KEY_1: "user.email",
  GIT_CONFIG_VALUE_1: "tests@example.com",
  GIT_CONFIG_KEY_2: `url.${pathToFileURL(origin).href}.insteadOf`,
  GIT_CONFIG_VALUE_2: "https://github.com/acme/pulumi-gitpod",
};

const git = (...args: string[]): Promise<Run> => succeed("git", args, clone);
const tag = (): Promise<Run> => succeed("bash", [join(root, "tools/release/tag-go-sdk.sh"), "v0.1.0", archive], clone);

beforeAll(async () => {
  for (const each of [clone, join(sdk, "gitpod")]) mkdirSync(each, { recursive: true });
  writeFileSync(join(sdk, "go.mod"), `module ${path}\n\ngo 1.25\n`);
  writeFileSync(join(sdk, "gitpod", "doc.go"), "// Package gitpod is empty.\npackage gitpod\n");
  await writeArchive(sdk, archive);
  cpSync(join(root, "LICENSE"), join(clone, "LICENSE"));
  await git("init", "--quiet", "--initial-branch=main");
  await git("init", "--quiet", "--bare", origin);
  await git("remote", "add", "origin", "https://github.com/acme/pulumi-gitpod");
  await git("add", ".");
  await git("commit", "--quiet", "--message=Begin");
  await git("push", "--quiet", "origin", "main");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Go gets the SDK by the tag, which changes no branch and nothing in the work tree, and can be made again", async () => {
  const first = await tag();
  const second = await tag();

  const modules = { GOPROXY: "direct", GOPRIVATE: "*", GOMODCACHE: join(folder, "modules"), GOFLAGS: "-modcacherw" };
  const got = await succeed("go", ["mod", "download", "-json", `${path}@v0.1.0`], folder, modules);
  const files = await succeed("git", ["ls-tree", "-r", "--name-only", "sdk/go/v0.1.0"], origin);
  const branch = await git("log", "--format=%s", "origin/main");
  const changed = await git("status", "--short");
  expect(JSON.parse(got.stdout)).toMatchObject({ Path: path, Version: "v0.1.0" });
  expect(second.stdout).toBe(first.stdout);
  expect({ files: files.stdout, branch: branch.stdout, changed: changed.stdout }).toEqual({
    files: "sdk/go/LICENSE\nsdk/go/gitpod/doc.go\nsdk/go/go.mod\n",
    branch: "Begin\n",
    changed: "",
  });
});

test("a tag that is out there never comes to name something else", async () => {
  await tag();
  writeFileSync(join(sdk, "gitpod", "doc.go"), "// Package gitpod is another.\npackage gitpod\n");
  await writeArchive(sdk, archive);

  await expect(tag()).rejects.toThrow("already exists");
});

async function succeed(command: string, args: string[], cwd = folder, more = {}): Promise<Run> {
  const ran = await run(command, args, { cwd, env: { ...env, ...more } });
  if (ran.code !== 0) throw new Error(`${command} ${args.join(" ")}: ${ran.stdout}${ran.stderr}`);
  return ran;
}
