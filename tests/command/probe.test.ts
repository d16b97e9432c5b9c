import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { classicTokens, ids, tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { fileOf, folderWith, run } from "./command";

beforeAll(() => requireFresh());

/** An account, and what runs the command on it. */
async function open(stated: Record<string, string> = {}) {
  const { emulator, host, close } = await openEmulator();
  afterTest(close);
  const cwd = folderWith();
  const env = { GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner, ...stated };
  return {
    emulator,
    cwd,
    probe: (...args: string[]) => run(["probe", ...args], { cwd, env }),
    /** Starts it as on a terminal. */
    ask(...args: string[]) {
      writeFileSync(join(cwd, "terminal.js"), "process.stdin.isTTY = true;");
      const preload = ["--require", join(cwd, "terminal.js")];
      return spawn(process.execPath, [...preload, fileOf("pulumi-gitpod"), "probe", ...args], { cwd, env });
    },
    start: (...args: string[]) =>
      spawn(process.execPath, [fileOf("pulumi-gitpod"), "probe", ...args], { cwd, env: { HOME: cwd, ...env } }),
    groups: () => emulator.admin.objects("groups"),
  };
}

test("a report says what was found, and has nothing of the account", async () => {
  const { cwd, probe, groups } = await open();
  const { code, stdout, stderr } = await probe("--out", "report.json");
  const report = readFileSync(join(cwd, "report.json"), "utf8");
  const { findings, ...rest } = JSON.parse(report);

  expect([code, groups()]).toEqual([0, []]);
  expect(rest).toEqual({
    provider: expect.stringMatching(/^pulumi-gitpod \d+\.\d+\.\d+$/),
    host: "another",
    confirmed: expect.any(Number),
    refuted: 0,
    notTried: expect.any(Number),
    left: 0,
  });
  expect(findings).toContainEqual({
    id: "group-name-in-use",
    assumes: "A group with a name that another group of the organization has is refused with `already_exists`.",
    outcome: "confirmed",
  });
  expect(findings).toContainEqual({
    id: "environment-annotations-kept",
    assumes: expect.stringMatching(/\.$/),
    outcome: "notTried",
    why: "it needs --environments",
  });
  expect(stdout).toContain("✓ group-name-in-use: A group with a name that another group of the organization has is");
  expect(stdout).toContain("\n– environment-colleagues-listed: a probe has one account;");
  expect(stderr).toMatch(/\nThe report is in report\.json\.\n$/);
  expect(stdout).toContain(`\n${rest.confirmed} confirmed, 0 refuted, ${rest.notTried} not tried.\n`);
  for (const secret of [tokens.owner, classicTokens.owner, ...Object.values(ids)])
    expect(report + stdout + stderr).not.toContain(secret);
});

test("a refuted assumption is told with what was seen", async () => {
  const { emulator, probe } = await open();
  const refuse = { code: "failed_precondition" } as const;
  emulator.admin.fault({ method: "GroupService/CreateGroup", after: 1, refuse });
  const { code, stdout } = await probe("--only", "group-name-in-use");

  expect([code, stdout]).toEqual([
    4,
    [
      '✗ group-name-in-use: A group with a name that another group of the organization has is refused with `already_exists`. Seen: "FailedPrecondition" instead of "AlreadyExists".',
      "",
      "0 confirmed, 1 refuted, 0 not tried.",
      "",
    ].join("\n"),
  ]);
});

test("a setting whose change was refused is not given back, and what the token lacks is told", async () => {
  const { emulator, probe } = await open();
  const refuse = { code: "permission_denied", message: "only administrators change it" } as const;
  emulator.admin.fault({ method: "OrganizationService/UpdateOrganization", times: 1000, refuse });
  const { code, stdout, stderr } = await probe("--organization", "--yes", "--only", "invite-domains-empty");

  expect([code, stdout]).toEqual([
    3,
    [
      "– invite-domains-empty: OrganizationService/UpdateOrganization was answered PermissionDenied",
      "",
      "0 confirmed, 0 refuted, 1 not tried.",
      "1 for lack of a right: a token of an administrator that may write finds out more.",
      "Nothing was found out.",
      "",
    ].join("\n"),
  ]);
  expect(stderr).toContain("\nfailed: OrganizationService/UpdateOrganization: only administrators change it.");
});

test.each(["no\n", "\n", ""])(
  "without a yes the organization is left alone, and the rest is tried: %j",
  async (answer) => {
    const { emulator, ask } = await open();
    const child = ask("--organization", "--only", "invite-domains-empty", "id-grows");
    child.stdin.end(answer);
    const [[code], said, told] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);

    expect([code, emulator.calls()["OrganizationService/UpdateOrganization"]]).toEqual([0, undefined]);
    expect(said).toMatch(/^✓ id-grows: .*\n– invite-domains-empty: it needs --organization\n/);
    expect(told).toContain('Only "yes" counts: ');
    expect(told).toContain("No yes: what touches the organization is left out.\n");
  },
);

test("a long wait is told with its limit", async () => {
  const { emulator, probe } = await open();
  emulator.admin.onCall((method, moment) => {
    if (method === "EnvironmentService/GetEnvironment" && moment === "after") emulator.step();
  });
  const { stderr } = await probe("--environments", "--only", "environment-start-running");

  expect(stderr).toContain("\nwaits for up to 15 minutes\n");
});

test.each([["--only id-grows=random,group-name-in-use"], ["--only id-grows, group-name-in-use"]])(
  "ids are taken as they are copied: %s",
  async (words) => {
    expect(await run(["probe", "--list", ...words.split(" ")])).toEqual({
      code: 0,
      stdout: "id-grows: makes two groups\ngroup-name-in-use: makes two groups of one name\n",
      stderr: "",
    });
  },
);

test("a Ctrl-C removes what is there, and what a create may have made that was under way", async () => {
  const { emulator, start, groups } = await open();
  const child = start("--only", "group-name-in-use");
  emulator.admin.onCall((method, moment) => {
    if (method !== "GroupService/CreateGroup" || moment !== "after") return;
    child.kill("SIGINT");
    return once(child, "close").then(() => {});
  });
  const said = text(child.stdout);
  const [code] = await once(child, "close");

  expect([code, groups()]).toEqual([130, []]);
  expect(await said).toContain("– group-name-in-use: it was interrupted\n");
});

test("a second Ctrl-C ends the removal, and says how to do it by hand", async () => {
  const { emulator, start, groups } = await open();
  const child = start("--only", "group-name-in-use");
  emulator.admin.onCall(async (method, moment) => {
    if (moment !== "before" || !["GroupService/GetGroup", "GroupService/DeleteGroup"].includes(method)) return;
    child.kill("SIGINT");
    // Neither call is answered, so that nothing goes on before the signal has arrived.
    await once(child, "close");
    throw new Error("nobody waits any more");
  });
  const said = text(child.stdout);
  const [code] = await once(child, "close");

  expect([code, groups().length]).toEqual([5, 1]);
  expect(await said).toMatch(
    /Could not be removed:\n {2}Group pulumi-gitpod-probe-\w{8} [\w-]{36}: the cleanup was interrupted\n {4}curl -X POST 'http.*DeleteGroup' .*\n$/,
  );
});

test.each([
  [["--only", "nothing"], "--only nothing: no assumption has that id; --list shows all"],
  [["--only", "id-grow"], "--only id-grow: no assumption has that id; --list shows all; did you mean id-grows?"],
  [["--timeout", "soon"], "--timeout: a number of seconds is needed"],
  [["--out", "missing/report.json"], "--out missing/report.json: there is no such folder"],
  [["--organization"], "--organization: nobody can be asked here, so state --yes as well"],
])("wrong usage is told in a sentence: %j", async (args, sentence) => {
  expect(await run(["probe", ...args])).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

test.each([
  [
    "a token that is not valid",
    { GITPOD_API_KEY: "worn-out" },
    [],
    /^Asking whom the token stands for: .*set GITPOD_API_KEY to a valid token/,
  ],
  [
    "a host that does not answer",
    { GITPOD_BASE_URL: "http://127.0.0.1:9" },
    [],
    /cannot be reached: .* Check GITPOD_BASE_URL/,
  ],
  ["a class that does not exist", {}, ["--class", ids.organization], /^--class .* not found\. /],
  ["a class that is none", {}, ["--class", "nonsense"], /^--class nonsense: .*must be a valid UUID/],
  ["a project that does not exist", {}, ["--project", ids.organization], /^--project .* not found\. /],
])("%s is told with what to do, before anything is made", async (_, env, args, sentence) => {
  const { probe, groups } = await open(env);
  const { code, stdout, stderr } = await probe("--only", "group-name-in-use", ...args);

  expect([code, stdout, groups()]).toEqual([1, "", []]);
  expect(stderr).toMatch(sentence);
});
