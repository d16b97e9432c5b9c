import { type Fault, ids, tokens } from "../../emulator";
import type { Bench } from "../../probe/bench";
import { confirmed, notTried, refuted } from "../../probe/finding";
import type { Outcome } from "../../probe/run/trial";
import { commandFor } from "../../probe/run/undo";
import { group } from "../../provider/resources/group";
import { project } from "../../provider/resources/project";
import { runner } from "../../provider/resources/runner";
import { assumptionOf, openScene, type Scene } from "./scene";

/** Makes one of each sort: gone at once, deleted with what is in it, and lingering. */
const making = assumptionOf(async (bench: Bench) => {
  await bench.make(group);
  await bench.make(project, {
    initializer: { specs: [{ git: { remoteUri: "https://example.com/acme/website" } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
  });
  await bench.make(runner, { provider: "RUNNER_PROVIDER_LINUX_HOST" });
  return confirmed;
});

test("what a probe has made is gone afterwards", async () => {
  const { run, leftIn, told } = await openScene();
  const { results, left } = await run([making]);

  expect([results.map(({ finding }) => finding), left.length, leftIn()]).toEqual([[confirmed], 0, []]);
  expect(told).toEqual([
    "tried",
    expect.stringMatching(/^makes Group pulumi-gitpod-probe-\w{8}$/),
    expect.stringMatching(/^makes Project pulumi-gitpod-probe-\w{8}$/),
    expect.stringMatching(/^makes Runner pulumi-gitpod-probe-\w{8}$/),
  ]);
});

const faults: readonly [string, Omit<Fault, "method" | "after">][] = [
  ["fails", { refuse: { code: "internal" } }],
  ["is unavailable", { refuse: { code: "unavailable" } }],
  ["limits the account", { refuse: { code: "resource_exhausted" } }],
  ["loses a request", { lost: "before" }],
  ["loses an answer", { lost: "after" }],
  ["breaks an answer", { malformed: true }],
  ["hangs", { delay: 300 }],
];

test.each(faults)("a service that %s at any one call keeps nothing", async (_, fault) => {
  const { emulator, run, leftIn } = await openScene();
  const calls = await countCalls(run, emulator);
  for (let after = 0; after < calls; after += 1) {
    emulator.admin.fault({ method: "*", after, ...fault });
    const outcome = await run([making], { timeoutMs: 200 }).catch(() => undefined);
    emulator.admin.clearFaults();

    expect([after, namesOf(outcome), leftIn()]).toEqual([after, [], []]);
  }
});

test.each([faults[0]!, faults[6]!])("whatever a service keeps that %s for good is listed", async (_, fault) => {
  const { emulator, run, leftIn } = await openScene();
  const calls = await countCalls(run, emulator);
  const before = new Set<string>();
  for (let after = 2; after < calls; after += 3) {
    emulator.admin.fault({ method: "*", after, times: 1000, ...fault });
    const outcome = await run([making], { timeoutMs: 200 });
    emulator.admin.clearFaults();
    const listed = namesOf(outcome);
    const kept = leftIn().filter((name) => !before.has(name));

    expect([after, kept.filter((name) => !listed.includes(name))]).toEqual([after, []]);
    for (const name of kept) before.add(name);
  }
  expect(before.size).toBeGreaterThan(0);
});

test("a limit is waited for, and a removal that fails is asked for again", async () => {
  const { emulator, run, leftIn } = await openScene();
  const asking = assumptionOf(async (bench) => {
    await bench.make(group);
    return confirmed;
  });
  emulator.admin.fault({ method: "GroupService/CreateGroup", times: 3, refuse: { code: "resource_exhausted" } });
  emulator.admin.fault({ method: "GroupService/DeleteGroup", times: 3, refuse: { code: "internal" } });
  const { results, left } = await run([asking]);

  expect([results.map(({ finding }) => finding), left.map(({ why }) => why), leftIn()]).toEqual([[confirmed], [], []]);
});

test("what is being deleted, but does not go, is listed", async () => {
  const { run } = await openScene({ pace: "manual" });
  const { left } = await run([making]);

  expect(left.map(({ entry, why }) => ["definition" in entry && entry.definition.kind, why])).toEqual([
    ["Runner", "it is being deleted, but does not go"],
  ]);
});

test("a service whose replica lags keeps nothing, nor what it has made without an answer", async () => {
  const { emulator, run, leftIn } = await openScene();
  emulator.admin.lag(3);
  emulator.admin.fault({ method: "GroupService/CreateGroup", lost: "after" });
  const [lost, told] = [await run([making]), await run([making])];

  expect([lost, told].map(namesOf)).toEqual([[], []]);
  expect([told.results.map(({ finding }) => finding), leftIn()]).toEqual([[confirmed], []]);
});

test("a token that is revoked half-way ends the probes, and all that was made is listed with a command", async () => {
  const { emulator, run, leftIn } = await openScene();
  emulator.admin.onCall((method) => {
    if (method === "ProjectService/CreateProject") emulator.admin.setToken(tokens.owner, { revoked: true });
  });
  const { results, left } = await run([making, assumptionOf(async () => confirmed, "next")]);
  const why = "the token was not valid any more";

  expect(results.map(({ finding }) => finding)).toEqual([notTried(why), notTried(why)]);
  expect(left.map(({ why }) => why)).toEqual(["Unauthenticated"]);
  expect(left.flatMap(({ entry }) => ("what" in entry ? [] : [entry.name]))).toEqual(leftIn());
  expect(
    left[0]?.undo.map((undo) => commandFor(undo, { host: "https://host/api", tokenFrom: "GITPOD_API_KEY" })),
  ).toEqual([
    expect.stringMatching(
      /^curl -X POST 'https:\/\/host\/api\/gitpod\.v1\.GroupService\/DeleteGroup' -H "Authorization: Bearer \$GITPOD_API_KEY" .* -d '\{"groupId":"[0-9a-f-]{36}"\}'$/,
    ),
  ]);
});

test("a service that answers nothing any more ends the probes", async () => {
  const { emulator, run } = await openScene();
  const asking = assumptionOf(async (bench) => {
    await bench.make(group);
    return confirmed;
  });
  emulator.admin.fault({ method: "GroupService/CreateGroup", times: 1000, delay: 300 });
  const { results } = await run([asking, asking, asking, asking], { timeoutMs: 50 });

  expect(results.map(({ finding }) => finding)).toEqual([
    notTried("GroupService/CreateGroup was answered DeadlineExceeded"),
    notTried("GroupService/CreateGroup was answered DeadlineExceeded"),
    notTried("the service did not answer any more"),
    notTried("the service did not answer any more"),
  ]);
});

test("a refusal by a token that was revoked meanwhile refutes nothing", async () => {
  const { emulator, run } = await openScene();
  const asking = assumptionOf(async () => {
    emulator.admin.setToken(tokens.owner, { revoked: true });
    return refuted("another code");
  });

  expect((await run([asking])).results[0]?.finding).toEqual(notTried("the token was not valid any more"));
});

test("an interruption ends the probe, and what it has made is removed", async () => {
  const { run, leftIn } = await openScene();
  const stop = new AbortController();
  const waiting = assumptionOf(async (bench) => {
    await bench.make(group);
    stop.abort();
    await bench.pause(1000);
    return confirmed;
  });
  const { results, left } = await run([waiting, making], { stop: stop.signal });

  expect(results.map(({ finding }) => finding)).toEqual([
    notTried("it was interrupted"),
    notTried("it was interrupted"),
  ]);
  expect([left.length, leftIn()]).toEqual([0, []]);
});

test("a second interruption ends the removal, and what stays is listed", async () => {
  const { emulator, run, leftIn } = await openScene();
  const leave = new AbortController();
  emulator.admin.onCall((method) => {
    if (method === "RunnerService/DeleteRunner") leave.abort();
  });
  const { left } = await run([making], { leave: leave.signal });

  expect(left.map(({ why }) => why)).toEqual(Array(3).fill("the cleanup was interrupted"));
  expect(leftIn().every((name) => left.some(({ entry }) => "name" in entry && entry.name === name))).toBe(true);
});

/** How many calls it takes where nothing goes wrong. */
async function countCalls(run: Scene["run"], emulator: Scene["emulator"]): Promise<number> {
  emulator.admin.resetCalls();
  await run([making]);
  return Object.values(emulator.calls()).reduce((sum, count) => sum + count, 0);
}

/** What of an outcome is listed as left. */
const namesOf = (outcome: Outcome | undefined): string[] =>
  (outcome?.left ?? []).map(({ entry }) => ("what" in entry ? entry.what : entry.name));
