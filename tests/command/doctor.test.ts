import { request } from "node:http";
import { join } from "node:path";
import { tokens } from "../../emulator";
import { builtPlugin } from "../../tools/engine/yaml";
import { requireFresh } from "../../tools/fresh";
import { afterTest } from "../after-test";
import { serve, stopAll } from "../client/loopback";
import { openEmulator } from "../scene";
import { folderWith, pathWith, run, type Where } from "./command";

const canary = "canary-0123456789";
const pulumi = (): string => pathWith('test "$1" = version && echo v3.270.0');

beforeAll(() => requireFresh());
afterEach(stopAll);

interface Check {
  readonly name: string;
  readonly mark: string;
  readonly says: string;
  readonly advice?: string;
  readonly stops?: boolean;
}

async function open() {
  const opened = await openEmulator();
  afterTest(opened.close);
  return opened;
}

/** Runs it, and returns its document. */
async function examine(env: Record<string, string>, cwd?: string) {
  const where: Where = { ...(cwd !== undefined && { cwd }), env: { PATH: pulumi(), ...env } };
  const { code, stdout, stderr } = await run(["doctor", "--json"], where);
  const { ok, checks }: { ok: boolean; checks: Check[] } = JSON.parse(stdout);
  return { code, stderr, ok, checks, named: (name: string) => checks.find((check) => check.name === name) };
}

const marksOf = (checks: readonly Check[]) => Object.fromEntries(checks.map(({ name, mark }) => [name, mark]));

test("of an account that works it says in ten lines what is installed, set and answered", async () => {
  const { host } = await open();
  const env = { PATH: pulumi(), GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner };
  const cwd = folderWith({
    "Pulumi.yaml": `name: a\nruntime: yaml\nplugins: { providers: [{ name: gitpod, path: ${builtPlugin} }] }\n`,
  });
  const { code, stdout, stderr } = await run(["doctor"], { cwd, env });

  expect([code, stderr]).toEqual([0, ""]);
  expect(
    stdout
      .replace(/\d+ ms/, "9 ms")
      .replaceAll(host, "<host>")
      .split("\n"),
  ).toEqual([
    expect.stringMatching(/^✓ versions {2}Node\.js [\d.]+, Pulumi 3\.270\.0, pulumi-gitpod [\d.]+$/),
    "✓ adapter   plugin, as for every program in yaml",
    `✓ plugin    ${join(builtPlugin, "pulumi-resource-gitpod")}`,
    "✓ token     from GITPOD_API_KEY",
    "✓ host      <host>/api, from GITPOD_BASE_URL, answered in 9 ms",
    "– network   no proxy, no extra certificates",
    expect.stringMatching(/^✓ account {3}user user-0002 \([\w-]+\) of Emulated Organization \([\w-]+\)$/),
    "– rights    an administrator of the organization; the API does not tell whether the token is read-only",
    "✓ clock     agrees with the server's",
    "✓ events    the stream stays open",
    "",
  ]);
});

test("a token that is refused stops, and is not shown", async () => {
  const { host } = await open();
  const { code, ok, checks, named } = await examine({ GITPOD_BASE_URL: host, ONA_TOKEN: "", GITPOD_TOKEN: canary });

  expect([code, ok]).toEqual([1, false]);
  expect(marksOf(checks)).toMatchObject({ token: "wrong", host: "ok", clock: "ok" });
  expect(named("token")?.advice).toContain("set GITPOD_TOKEN to a valid token, or GITPOD_BASE_URL to the token's host");
  expect(JSON.stringify(checks)).not.toContain(canary);
});

test("without a token it names the variable to set", async () => {
  const { code, named } = await examine({});

  expect(code).toBe(1);
  expect(named("token")?.advice).toBe("No token is set: set the environment variable GITPOD_API_KEY.");
});

test("a host that nobody answers at stops", async () => {
  const { host, close } = await openEmulator();
  await close();
  const { code, named, checks } = await examine({ GITPOD_BASE_URL: host, GITPOD_API_KEY: canary });

  expect(code).toBe(1);
  expect(named("host")).toMatchObject({ mark: "wrong", says: `${host}/api, from GITPOD_BASE_URL`, stops: true });
  expect(named("host")?.advice).toContain("cannot be reached");
  expect(named("clock")).toEqual({ name: "clock", mark: "note", says: "no answer has told the time" });
  expect(JSON.stringify(checks)).not.toContain(canary);
});

test("a sign-in page in place of the API stops", async () => {
  const { url } = await serve((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in"),
  );
  const { code, named } = await examine({ GITPOD_BASE_URL: url, GITPOD_API_KEY: canary });

  expect(code).toBe(1);
  expect(named("host")?.advice).toContain("check GITPOD_BASE_URL, and what lies in between");
});

test("a clock that is off is told by the date of the answer, and stops nothing", async () => {
  const { host } = await open();
  const { url } = await serve((asked, response) => {
    const forward = request(`${host}${asked.url}`, { method: asked.method, headers: asked.headers }, (answer) => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      answer.pipe(response.writeHead(answer.statusCode ?? 500, { ...answer.headers, date }));
    });
    // The stream of events is left in the middle.
    forward.on("error", () => response.destroy());
    response.on("close", () => forward.destroy());
    asked.pipe(forward);
  });
  const { code, named } = await examine({ GITPOD_BASE_URL: url, GITPOD_API_KEY: tokens.owner });

  expect(code).toBe(0);
  expect(named("clock")).toEqual({
    name: "clock",
    mark: "wrong",
    says: expect.stringMatching(/^3(599|600|601) s behind the server's$/),
    advice: "Set the clock of this machine: certificates and expiry dates are judged by it.",
    stops: false,
  });
});

test("events that are refused are told, and stop nothing", async () => {
  const { host, emulator } = await open();
  emulator.admin.fault({ method: "EventService/WatchEvents", refuse: { code: "unimplemented" } });
  const { code, named } = await examine({ GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner });

  expect(code).toBe(0);
  expect(named("events")).toEqual({
    name: "events",
    mark: "wrong",
    says: "no stream",
    advice: expect.stringMatching(/^Opening the stream of events: .+ Waits read phases every few seconds instead\.$/),
    stops: false,
  });
});

test("what the token may not read of itself is left out", async () => {
  const { host, emulator } = await open();
  for (const method of ["OrganizationService/ListMembers", "OrganizationService/GetOrganization"])
    emulator.admin.fault({ method, refuse: { code: "permission_denied" } });
  const { code, named } = await examine({ GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.colleague });

  expect(code).toBe(0);
  expect(named("account")?.says).toMatch(/^user \([\w-]+\) of \([\w-]+\)$/);
  expect(named("rights")?.says).toContain("the API does not tell its role in the organization");
});

test("the token of a stack is not read, and its host and adapter count", async () => {
  const { host } = await open();
  const settings = {
    "gitpod:token": { secret: true },
    "gitpod:host": { value: host },
    "gitpod:adapter": { value: "plugin" },
  };
  const path = pathWith(
    `test "$1" = version && echo v3.270.0; test "$1" = config && echo '${JSON.stringify(settings)}'`,
  );
  const cwd = folderWith({ "Pulumi.yaml": "name: a\nruntime: { name: nodejs }\n" });
  const without = await examine({ PATH: path }, cwd);
  const { code, checks, named } = await examine({ PATH: path, ONA_TOKEN: tokens.owner }, cwd);

  expect(marksOf(without.checks)).toMatchObject({ token: "note", plugin: "wrong" });
  expect(code).toBe(1);
  expect(marksOf(checks)).toMatchObject({ adapter: "ok", plugin: "wrong", host: "ok" });
  expect(named("token")?.says).toContain("gitpod:token of the stack, which is not read here, counts first");
  expect(named("host")?.says).toContain("from gitpod:host");
});

test("a plugin that is not where the project says stops", async () => {
  const { host } = await open();
  const at = (path: string) => `name: a\nruntime: python\nplugins: { providers: [{ name: gitpod${path} }] }\n`;
  const [wrong, none] = await Promise.all(
    [", path: bin", ""].map((path) =>
      examine({ GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner }, folderWith({ "Pulumi.yaml": at(path) })),
    ),
  );

  expect([wrong?.code, none?.code]).toEqual([1, 1]);
  expect([wrong?.named("plugin"), none?.named("plugin")]).toEqual([
    expect.objectContaining({ mark: "wrong", says: "not found in bin, where Pulumi.yaml says it is" }),
    expect.objectContaining({ mark: "wrong", says: "not found" }),
  ]);
});

test("a plugin is found on PATH, else among what Pulumi has installed", async () => {
  const { host } = await open();
  const account = { GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner };
  const onPath = pathWith('test "$1" = version && echo v3.270.0', { "pulumi-resource-gitpod": "" });
  const home = folderWith({ "plugins/resource-gitpod-v0.1.0/pulumi-resource-gitpod": "" });
  const near = await examine({ ...account, PATH: onPath, PULUMI_HOME: home });
  const far = await examine({ ...account, PULUMI_HOME: home });

  expect(near.named("plugin")?.says).toBe(join(onPath, "pulumi-resource-gitpod"));
  expect(far.named("plugin")?.says).toBe(join(home, "plugins", "resource-gitpod-v0.1.0"));
});

test("a proxy is named without its password, and a file of certificates that cannot be read is told", async () => {
  const env = {
    GITPOD_API_KEY: canary,
    HTTPS_PROXY: `http://user:${canary}@127.0.0.1:9`,
    NODE_EXTRA_CA_CERTS: "missing.pem",
  };
  const { named, checks } = await examine(env);

  expect(named("network")).toMatchObject({
    mark: "wrong",
    says: "through the proxy http://127.0.0.1:9, extra certificates from missing.pem",
  });
  expect(named("host")?.advice).toContain("through the proxy http://127.0.0.1:9");
  expect(JSON.stringify(checks)).not.toContain(canary);
});

test("Gitpod Classic has a line where its token is set", async () => {
  const { host } = await open();
  const env = { GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner, GITPOD_CLASSIC_HOST: host };
  const wrong = await examine({ ...env, GITPOD_CLASSIC_TOKEN: canary });

  expect((await examine(env)).named("classic")).toBeUndefined();
  expect([wrong.code, wrong.named("classic")]).toEqual([
    0,
    expect.objectContaining({ mark: "wrong", says: `${host}, token from GITPOD_CLASSIC_TOKEN` }),
  ]);
  expect(JSON.stringify(wrong.checks)).not.toContain(canary);
});
