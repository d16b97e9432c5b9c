import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { type Emulator, ids, tokens } from "../../emulator";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { SecretService } from "../../proto/gen/gitpod/v1/secret_pb";
import { requireFresh } from "../../tools/fresh";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { fileOf, folderWith, pathWith, run } from "./command";

const canary = "canary-0123456789";

beforeAll(() => requireFresh());

/** An account with a group and a secret, and what runs the command on it. */
async function open() {
  const { emulator, host, close } = await openEmulator();
  afterTest(close);
  await createClient(GroupService, emulator.transport()).createGroup({
    name: "Platform",
    organizationId: ids.organization,
  });
  await createClient(SecretService, emulator.transport()).createSecret({
    name: "API_KEY",
    value: canary,
    scope: { scope: { case: "organizationId", value: ids.organization } },
    mount: { case: "environmentVariable", value: true },
  });
  const calls = new Set(Object.keys(emulator.calls()));
  const cwd = folderWith();
  const account = { GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.readOnly };
  return {
    emulator,
    cwd,
    /** The methods that were called since. */
    called: () => Object.keys(emulator.calls()).filter((name) => !calls.has(name)),
    adopt: (args: readonly string[] = [], env: Record<string, string> = {}) =>
      run(["adopt", ...args], { cwd, env: { ...account, ...env } }),
    start: (args: readonly string[], env: Record<string, string>) =>
      spawn(process.execPath, [fileOf("pulumi-gitpod"), "adopt", ...args], { cwd, env: { ...account, ...env } }),
  };
}

const refuse = (emulator: Emulator, method: string): void =>
  emulator.admin.fault({ method, refuse: { code: "permission_denied", message: "not you" }, times: 10 });

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ name }) => name)
    .sort();

test("an account becomes a project, by reads alone and without a secret", async () => {
  const { cwd, adopt, called } = await open();
  const { code, stdout, stderr } = await adopt();
  const folder = join(cwd, "gitpod");
  const files = filesIn(folder);
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");

  expect(code).toBe(0);
  expect(files).toEqual([".gitignore", "Pulumi.yaml", "README.md", "import.json", "package.json"]);
  expect(stdout).toContain(`Written to ${folder}: .gitignore, Pulumi.yaml, README.md, import.json, package.json.`);
  expect(stdout).toContain(`What to run next:\n  cd ${folder}\n  npm install\n`);
  expect(stderr.split("\n")).toContain("Group: 2 objects, 1 list read");
  expect(called().filter((name) => !/\/(Get|List)/.test(name))).toEqual([]);
  for (const secret of [canary, tokens.readOnly]) expect(stdout + stderr + texts).not.toContain(secret);
});

test("a machine reads which resource each object becomes, and what does not", async () => {
  const { cwd, adopt } = await open();
  const { code, stdout } = await adopt([
    "--json",
    "--kinds",
    "Group, Secret",
    "--filter",
    "PLAT*m",
    "--language",
    "typescript",
  ]);
  const document = JSON.parse(stdout);

  expect(code).toBe(0);
  expect(document).toEqual({
    folder: join(cwd, "gitpod"),
    dryRun: false,
    files: expect.arrayContaining(["README.md", "import.json", "package.json", "index.ts"]),
    objects: [{ kind: "Group", name: "Platform", id: expect.any(String), resource: "platform" }],
    leftOut: [{ kind: "Secret", reason: "Those of other people are shown to them alone." }],
    unread: [],
    exit: { code: 0, reason: "done" },
  });
});

test("a dry run writes nothing and says what it would", async () => {
  const { cwd, adopt } = await open();
  const { code, stdout } = await adopt(["--dry-run"]);

  expect([code, readdirSync(cwd)]).toEqual([0, []]);
  expect(stdout).toContain(`Would be written to ${join(cwd, "gitpod")}: .gitignore, Pulumi.yaml`);
  expect(stdout).not.toContain("What to run next");
});

test("what cannot be read is told, everything else is written, and the end says that something is missing", async () => {
  const { cwd, emulator, adopt } = await open();
  refuse(emulator, "GroupService/ListGroups");
  const { code, stdout } = await adopt();
  const page = readFileSync(join(cwd, "gitpod", "README.md"), "utf8");

  expect(code).toBe(3);
  expect(stdout).toMatch(
    /Could not be read, so that something may be missing:\n {2}Group: could not list Group: not you/,
  );
  expect(page).toContain("could not list Group: not you");
});

test("a folder that has something stays as it is without --update, and costs no call", async () => {
  const { cwd, adopt, called } = await open();
  const first = await adopt(["--out", "."]);
  const before = called();
  const again = await adopt(["--out", "."]);

  expect([first.code, again.code, again.stdout]).toEqual([0, 1, ""]);
  expect(again.stderr).toBe(`${cwd} is not empty: name another folder with --out, or add what is new with --update.\n`);
  expect(called()).toEqual(before);
});

test("an update adds files for what is new", async () => {
  const { cwd, emulator, adopt } = await open();
  await adopt();
  const none = await adopt(["--update"]);
  await createClient(GroupService, emulator.transport()).createGroup({ name: "Web", organizationId: ids.organization });
  const some = await adopt(["--update"]);

  expect([none.code, none.stdout.split("\n", 1)]).toEqual([
    0,
    [`The organization ${ids.organization} has nothing that is not in ${join(cwd, "gitpod")} already.`],
  ]);
  expect(some.stdout).toContain("has 1 object of 1 kind to take over.");
  expect(some.stdout).toContain("README-2.md, adopted-2.yaml, import-2.json.");
});

test("an update needs a project", async () => {
  const { cwd, adopt } = await open();
  const { code, stderr } = await adopt(["--update", "--out", "typo"]);

  expect([code, stderr, readdirSync(cwd)]).toEqual([
    1,
    `${join(cwd, "typo")} has no project to which something could be added: leave out --update.\n`,
    [],
  ]);
});

test("an update is in the language of the project", async () => {
  const { cwd, emulator, adopt } = await open();
  await adopt(["--kinds", "Group", "--language", "typescript"]);
  await createClient(GroupService, emulator.transport()).createGroup({ name: "Web", organizationId: ids.organization });
  const other = await adopt(["--update", "--language", "yaml"]);
  const own = await adopt(["--update", "--kinds", "Group", "--json"]);

  expect([other.code, other.stderr]).toEqual([
    1,
    `--language yaml: the project in ${join(cwd, "gitpod")} is in typescript, and what --update adds is, too.\n`,
  ]);
  expect(JSON.parse(own.stdout).files).toEqual(["README-2.md", "adopted-2.ts", "import-2.json"]);
});

test.each([
  [["--language", "go"], "--language go: one of yaml, typescript"],
  [["--kinds", "Gruop"], "--kinds: there is no kind Gruop; did you mean Group?"],
  [["--kinds", ""], "--kinds: no kind is named"],
  [["--apply", "--dry-run"], "--apply: nothing is imported in a --dry-run"],
  [["--apply", "--stack=--rm"], "--stack --rm: not the name of a stack"],
  [
    ["--apply", "--update"],
    "--apply: what --update adds becomes part of the program by hand first, as its README says",
  ],
])("wrong usage is told in a sentence: %j", async (args, sentence) => {
  expect(await run(["adopt", ...args])).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

test("a token that is refused ends it in words, and is not shown", async () => {
  const { cwd, adopt } = await open();
  const wrong = await adopt([], { GITPOD_API_KEY: canary });
  const none = await adopt([], { GITPOD_API_KEY: "" });

  expect([wrong.code, wrong.stdout, none.code, readdirSync(cwd)]).toEqual([1, "", 1, []]);
  expect(wrong.stderr).toContain("set GITPOD_API_KEY to a valid token, or GITPOD_BASE_URL to the token's host");
  expect(wrong.stderr).not.toContain(canary);
  expect(none.stderr).toBe("No token is set: set the environment variable GITPOD_API_KEY.\n");
});

/** A PATH whose programs write down how they are called; `pulumi preview` ends as stated. */
const programs = (preview = 0): string => {
  const note = 'echo "$(basename "$0") $*" >> ../called; echo "output of $(basename "$0")"';
  const folder = pathWith(`${note}\ntest "$1" != preview || exit ${preview}`, { npm: note });
  return `${folder}:/usr/bin:/bin`;
};

test("everything is imported and previewed where that is wanted", async () => {
  const { cwd, adopt } = await open();
  const { code, stdout } = await adopt(["--apply", "--stack", "acme/prod", "--no-protect"], { PATH: programs() });

  expect(code).toBe(0);
  expect(readFileSync(join(cwd, "called"), "utf8").trim().split("\n")).toEqual([
    "npm install",
    "pulumi stack select --create acme/prod",
    "pulumi import --file import.json --yes --generate-code=false --protect=false",
    "pulumi preview --expect-no-changes",
  ]);
  expect(stdout.match(/^output of pulumi$/gm)).toHaveLength(3);
});

test("nothing is imported where there is nothing to take over", async () => {
  const { cwd, adopt } = await open();
  const { code, stderr } = await adopt(["--apply", "--filter", "nobody", "--kinds", "Group"], { PATH: programs() });

  expect([code, existsSync(join(cwd, "called"))]).toEqual([1, false]);
  expect(stderr).toContain("There is nothing to take over with nobody in its name, so that nothing was written.\n");
  expect(existsSync(join(cwd, "gitpod"))).toBe(false);
});

test("a step that fails is explained, and a machine still reads one document", async () => {
  const { adopt } = await open();
  const { code, stdout, stderr } = await adopt(["--apply", "--json"], { PATH: programs(4) });
  const document = JSON.parse(stdout);
  const reason =
    "pulumi preview --expect-no-changes ended with exit code 4. Everything is imported, and nothing was changed on the platform; the output says what an update would change.";

  expect([code, document.exit]).toEqual([1, { code: 1, reason }]);
  expect(stderr).toContain(reason);
  expect(stderr).toContain("output of pulumi\n");
});

test("a Ctrl-C ends it after the step that is under way", async () => {
  const { cwd, start } = await open();
  const npm = "mkfifo ../gate; echo waiting; cat ../gate";
  const path = pathWith('echo "$*" >> ../called', { npm });
  const child = start(["--apply"], { PATH: `${path}:/usr/bin:/bin` });
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (!said.includes("waiting")) continue;
    child.kill("SIGINT");
    writeFileSync(join(cwd, "gate"), "");
    break;
  }
  const [code] = await once(child, "close");

  expect([code, existsSync(join(cwd, "called"))]).toEqual([130, false]);
});

test("a program that is missing is named", async () => {
  const { cwd, adopt } = await open();
  const { code, stderr } = await adopt(["--apply"], { PATH: folderWith() });

  expect(code).toBe(1);
  expect(stderr).toContain("npm install cannot be started: spawn npm ENOENT. The plugin is not there");
  expect(existsSync(join(cwd, "gitpod", "import.json"))).toBe(true);
});
