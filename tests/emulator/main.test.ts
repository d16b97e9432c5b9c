import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classicTokens, tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";

const { bin }: { bin: Record<string, string> } = require("../../package.json");
const children: ChildProcess[] = [];

beforeAll(() => requireFresh());

// A test that fails would leave its command running, and jest waits for that.
afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
  }
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [bin["pulumi-gitpod-emulator"] ?? "", ...args], { cwd: root });
  children.push(child);
  const written = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    written.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    written.err += chunk;
  });
  return { child, written };
}

async function exitOf(child: ChildProcess) {
  const [code] = await once(child, "close");
  return code;
}

test("the command serves, prints what a shell needs, and saves its world when it is told to end", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "emulator-")), "world.json");
  const { child, written } = run("--state", file);
  while (!written.out.includes("GITPOD_API_KEY")) {
    await once(child.stdout, "data");
  }
  const url = /^export GITPOD_BASE_URL=(http:\/\/127\.0\.0\.1:\d+\/api)$/m.exec(written.out)?.[1] ?? "";
  const token = /^export GITPOD_API_KEY=(.+)$/m.exec(written.out)?.[1] ?? "";
  const response = await fetch(`${url}/gitpod.v1.GroupService/CreateGroup`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Developers", organizationId: "01900000-0000-7000-8000-000000000001" }),
  });
  const classicHost = /^export GITPOD_CLASSIC_HOST=(http:\/\/127\.0\.0\.1:\d+)$/m.exec(written.out)?.[1] ?? "";
  const classicToken = /^export GITPOD_CLASSIC_TOKEN=(.+)$/m.exec(written.out)?.[1] ?? "";
  const classic = await fetch(`${classicHost}/gitpod.experimental.v1.WorkspacesService/ListWorkspaces`, {
    method: "POST",
    headers: { authorization: `Bearer ${classicToken}`, "content-type": "application/json" },
    body: "{}",
  });
  child.kill("SIGTERM");

  expect([response.status, await exitOf(child), token]).toEqual([200, 0, tokens.owner]);
  expect([classic.status, classicToken, `${classicHost}/api`]).toEqual([200, classicTokens.owner, url]);
  expect(readFileSync(file, "utf8")).toContain("Developers");
});

test("the command says that a port is taken", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;

  const { child, written } = run("--port", String(port));
  const code = await exitOf(child);
  taken.close();

  expect([code, written.err.trim()]).toEqual([
    1,
    `--port ${port}: another process listens there; name another port, or none for a free one`,
  ]);
});

test("the command says what is wrong with its flags", async () => {
  const wrong = [
    ["--port", "many"],
    ["--pace", "slow"],
    ["--assume", "environment-update-stopped=accepted"],
    ["--colour"],
    ["--prot", "1"],
  ].map((flags) => run(...flags));

  expect(await Promise.all(wrong.map(({ child }) => exitOf(child)))).toEqual([2, 2, 2, 2, 2]);
  expect(wrong.map(({ written }) => written.err)).toEqual([
    "--port many: a number from 0 to 65535 is needed\n",
    "--pace slow: one of brisk, real, fast\n",
    '--assume: the choice environment-update-stopped can be switched to refused only, not to "accepted"\n',
    "unknown option '--colour'\n",
    "unknown option '--prot'; did you mean --port?\n",
  ]);
});
