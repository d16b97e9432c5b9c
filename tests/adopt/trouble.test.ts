import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { drawn } from "../faults/sample";
import { openAccount, toldIn } from "./account";
import { openShell } from "./shell";
import { seed } from "./world";

jest.setTimeout(180_000);

test("two runs write the same, by reads alone and with no secret in a file, in what is told, or in the lines about calls", async () => {
  const { adopt, emulator, canaries, filesIn } = await open();

  const first = await adopt(["--out", "first"], { PULUMI_GITPOD_DEBUG: "1" });
  const called = Object.keys(emulator.calls());
  const again = await adopt(["--out", "again"]);

  const [one, other] = [filesIn("first"), filesIn("again")];
  expect([first.code, again.code]).toEqual([0, 0]);
  expect(other).toEqual(renamed(one, "first", "again"));
  expect(called.filter((method) => !/\/(Get|List)/.test(method))).toEqual([]);
  expect(first.stderr).toMatch(/ProjectService\/ListProjects/);
  expect(toldIn(canaries, { ...one, stdout: first.stdout, stderr: first.stderr })).toEqual([]);
});

test("a token that lacks rights for some kinds takes over the others, and the end says that something is missing", async () => {
  const { adopt, filesIn } = await open();

  const whole = await adopt(["--out", "whole", "--json"]);
  const part = await adopt(["--out", "part", "--json"], { GITPOD_API_KEY: tokens.colleague });

  const [all, some] = [whole, part].map(({ stdout }): Report => JSON.parse(stdout));
  expect([whole.code, part.code]).toEqual([0, 3]);
  expect(kindsOf(some?.unread)).toEqual(expect.arrayContaining(["DomainVerification", "SsoConfiguration"]));
  expect(kindsOf(all?.objects)).toEqual(expect.arrayContaining(kindsOf(some?.unread)));
  expect(kindsOf(some?.objects)).toEqual(expect.arrayContaining(["Group", "Project", "Runner", "Workflow"]));
  for (const kind of kindsOf(some?.unread)) expect(filesIn("part")["README.md"]).toContain(`- ${kind}`);
});

test("a page that fails costs no more than what stood on it, and is told", async () => {
  const { adopt, emulator, filesIn } = await open();
  emulator.admin.fault({ method: "SecretService/ListSecrets", refuse: { code: "internal" }, after: 1, times: 1 });

  const { code, stdout } = await adopt(["--json"]);

  const { objects, unread }: Report = JSON.parse(stdout);
  expect([code, kindsOf(unread)]).toEqual([3, ["Secret"]]);
  expect(kindsOf(objects)).toEqual(expect.arrayContaining(["Secret", "Group", "Project", "Workflow"]));
  expect(filesIn("gitpod")["README.md"]).toContain("## What could not be read\n\n- Secret");
});

test("an object that is deleted while the others are read is no longer taken over", async () => {
  const { adopt, emulator, made } = await open();
  const id = made.team?.[0]?.id ?? "";
  const others = (made.teamMember ?? []).filter(({ inputs }) => inputs.teamId !== id);
  emulator.admin.onCall((method, moment) => {
    if (method === "TeamService/ListTeamMembers" && moment === "before") emulator.admin.remove("teams", id);
  });

  const { code, stdout } = await adopt(["--json"]);

  const { objects }: Report = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(objects.map((object) => object.id)).not.toContain(id);
  expect(kindsOf(objects)).toEqual(expect.arrayContaining(["Group", "Team", "Workflow"]));
  expect(objects.filter(({ kind }) => kind === "TeamMember")).toHaveLength(others.length);
});

test("killed at any of its writes, it leaves no file of the project, and the next run is as if nothing had been", async () => {
  const { adopt, folder, filesIn } = await open(40);
  const args = ["--language", "typescript", "--kinds", kinds, "--out"];
  await adopt([...args, "whole"]);
  const whole = renamed(filesIn("whole"), "whole", "project");
  // A folder and a text for each file, before them what clears the way, and after them what puts them in place.
  const writes = [...Array(2 * Object.keys(whole).length + 2).keys()];

  const killed: unknown[] = [];
  for (const at of drawn(writes, 4, seed)) {
    const { stdout, stderr } = await adopt([...args, "project"], tornAt(at));
    killed.push({ stdout, isTorn: stderr.endsWith("torn\n"), isThere: existsSync(join(folder, "project")) });
  }
  const last = await adopt([...args, "project"], tornAt(writes.length));

  expect(killed).toEqual(killed.map(() => ({ stdout: "", isTorn: true, isThere: false })));
  expect([last.code, filesIn("project"), readdirSync(folder).sort()]).toEqual([0, whole, ["project", "whole"]]);
});

test("killed at any write of an addition, it leaves whole files and those of before as they were, and the next run adds the rest", async () => {
  const { adopt, folder, filesIn } = await open(40);
  await adopt(["--out", "whole", "--kinds", "Group"]);
  await adopt(["--out", "project", "--kinds", "Group"]);
  await adopt(["--out", "whole", "--kinds", kinds, "--update"]);
  const byHand = "# by hand\n";
  appendFileSync(join(folder, "project", "Pulumi.yaml"), byHand);
  const whole = renamed(filesIn("whole"), "whole", "project");
  whole["Pulumi.yaml"] += byHand;

  const differing: string[] = [];
  // Each run goes on where the one before was killed: in the middle of each file, and before it is put in place.
  for (const at of [0, 1, 2, 1, 2, 1]) {
    const { stderr } = await adopt(["--out", "project", "--kinds", kinds, "--update"], tornAt(at));
    expect(stderr).toMatch(/torn\n$/);
    const files = Object.entries(filesIn("project")).filter(([name]) => !name.startsWith("."));
    differing.push(...files.flatMap(([name, text]) => (text === whole[name] ? [] : [`${name} at ${at}`])));
  }
  const { code } = await adopt(["--out", "project", "--kinds", kinds, "--update"]);

  expect([code, differing, filesIn("project")]).toEqual([0, [], whole]);
});

/** A person with a token that only reads, in an account of some objects of each kind. */
async function open(count = 90) {
  const account = await openAccount({ count });
  const reading = { ...account, env: { ...account.env, GITPOD_API_KEY: tokens.readOnly } };
  return { ...reading, ...(await openShell(reading)) };
}

/** What the command prints for a machine. */
interface Report {
  readonly objects: readonly { readonly kind: string; readonly id: string }[];
  readonly unread: readonly { readonly kind: string }[];
}

const kindsOf = (entries: readonly { readonly kind: string }[] = []): string[] => [
  ...new Set(entries.map(({ kind }) => kind)),
];

/** Files that say another name of the project. */
const renamed = (files: Record<string, string>, from: string, to: string): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(`${from}`, to)]));

const kinds = "Project,Group,Team,Prompt";

/** The variables with which the command is killed in the middle of one of its writes. */
const tornAt = (write: number): Record<string, string> => ({
  NODE_OPTIONS: `--require ${join(__dirname, "torn.js")}`,
  TORN_AT: `${write}`,
});

beforeAll(() => requireFresh());
