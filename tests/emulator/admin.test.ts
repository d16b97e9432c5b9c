import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { open, refusal, small } from "./open";

test("an object can be changed behind everybody's back, and its versions tell", async () => {
  const { emulator, environment, settled } = open();
  const id = await settled();
  const before = await environment(id);
  emulator.admin.patch("environments", id, {
    metadata: { name: "by hand" },
    spec: { timeout: { disconnected: "7200s" } },
    status: { warningMessage: ["strange"] },
  });

  const { metadata, spec, status } = await environment(id);

  expect([metadata?.name, spec?.timeout?.disconnected?.seconds, status?.warningMessage]).toEqual([
    "by hand",
    7200n,
    ["strange"],
  ]);
  expect(spec?.specVersion).toBe((before.spec?.specVersion ?? 0n) + 1n);
  expect(status?.statusVersion).toBe((before.status?.statusVersion ?? 0n) + 1n);
});

test("an object can be deleted behind everybody's back", async () => {
  const { emulator, environments, automations, settled, addService } = open();
  const environmentId = await settled();
  const id = await addService(environmentId, "true");
  emulator.admin.remove("environments", environmentId);

  expect((await refusal(environments.getEnvironment({ environmentId })))[0]).toBe("NotFound");
  expect((await refusal(automations.getService({ id })))[0]).toBe("NotFound");
});

test("an environment that nobody uses stops and says why", async () => {
  const { emulator, environment, settled } = open();
  const id = await settled();
  emulator.admin.stopEnvironment(id, "not used");
  emulator.settle();

  const { status } = await environment(id);

  expect([status?.phase, status?.machine?.timeout, status?.failureMessage]).toEqual([
    EnvironmentPhase.STOPPED,
    "not used",
    [],
  ]);
});

test("a working copy can have unsaved work", async () => {
  const { emulator, environment, settled } = open();
  const id = await settled();
  emulator.admin.setGitStatus(id, { changedFiles: ["a.ts", "b.ts"], unpushedCommits: ["abc"] });

  const { status } = await environment(id);

  expect(status?.content?.git).toMatchObject({
    changedFiles: [{ path: "a.ts" }, { path: "b.ts" }],
    totalChangedFiles: 2,
    totalUnpushedCommits: 1,
  });
});

test("what is read at the pace of reads moves one step with each read", async () => {
  const { environments, phaseOf } = open({ pace: "per-read" });
  const { environment } = await environments.createEnvironment({ spec: small });
  const seen: string[] = [];
  while (seen.at(-1) !== "RUNNING") {
    seen.push(await phaseOf(environment?.id ?? ""));
  }

  expect([...new Set(seen)]).toEqual(["CREATING", "STARTING", "RUNNING"]);
});
