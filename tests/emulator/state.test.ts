import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, toJson } from "@bufbuild/protobuf";
import { ids } from "../../emulator";
import { ListEnvironmentsResponseSchema } from "../../proto/gen/gitpod/v1/environment_pb";
import { RunnerProvider } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase } from "../../proto/gen/gitpod/v1/runner_pb";
import { open, small } from "./open";

function newFile() {
  return join(mkdtempSync(join(tmpdir(), "emulator-")), "state", "world.json");
}

test("a world survives in its file, and what it owes goes on", async () => {
  const stateFile = newFile();
  const before = open({ stateFile });
  const environmentId = await before.settled("resting");
  const id = await before.addService(environmentId, "sleep infinity");
  await before.automations.startService({ id });
  await before.environments.createEnvironment({ name: "coming up", spec: small });
  const list = async ({ environments }: typeof before) => {
    const response = await environments.listEnvironments({});
    return toJson(ListEnvironmentsResponseSchema, create(ListEnvironmentsResponseSchema, response));
  };
  const saved = await list(before);
  await before.emulator.close();

  const after = open({ stateFile });
  const loaded = await list(after);
  after.emulator.settle();

  expect(loaded).toEqual(saved);
  expect(await after.servicePhaseOf(id)).toBe("RUNNING");
  expect((await after.environments.listEnvironments({})).environments.map(({ status }) => status?.phase)).toEqual([
    40, 40,
  ]);
});

test("who has used a project and whether it has insights survive in the file, and a file that says neither is read", async () => {
  const stateFile = newFile();
  const before = open({ stateFile });
  const projectId = await before.addProject();
  await before.environments.createEnvironmentFromProject({ projectId, spec: small });
  await before.insights.enableProjectInsights({ projectId });
  await before.emulator.close();
  const seen = async ({ projects, insights }: typeof before) => [
    (await projects.getProject({ projectId })).project?.usedBy?.totalSubjects,
    await insights.getProjectInsightsStatus({ projectId }).then(
      ({ enabled }) => enabled,
      () => false,
    ),
  ];

  const after = open({ stateFile });
  const kept = await seen(after);
  await after.emulator.close();
  const saved = JSON.parse(readFileSync(stateFile, "utf8"));
  saved.tables.projects[0].owed = { linger: 0 };
  writeFileSync(stateFile, JSON.stringify(saved));

  expect(kept).toEqual([1, true]);
  expect(await seen(open({ stateFile }))).toEqual([0, false]);
});

test("what is deleted stays visible for as many steps after its file was loaded, whatever its kind", async () => {
  const stateFile = newFile();
  const before = open({ stateFile, linger: 2 });
  const environmentId = await before.settled();
  const serviceId = await before.addService(environmentId, "sleep infinity");
  const projectId = await before.addProject();
  await before.projects.deleteProject({ projectId });
  await before.automations.deleteService({ id: serviceId });
  before.emulator.step();
  await before.emulator.close();

  const { emulator } = open({ stateFile, linger: 2 });
  const left = () => [emulator.world.projects.rows.size, emulator.world.services.rows.size];
  const seen = [left()];
  while (emulator.step() > 0) {
    seen.push(left());
  }

  expect(seen).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
});

test("records of domains, members and roles survive in the file", async () => {
  const stateFile = newFile();
  const before = open({ stateFile });
  const { organizationId, domain } = { organizationId: ids.organization, domain: "acme.com" };
  const { domainVerification } = await before.organizations.createDomainVerification({ organizationId, domain });
  const domainVerificationId = domainVerification?.id ?? "";
  before.emulator.admin.setDomainRecord(domain, domainVerification?.verificationToken ?? "");
  const userId = before.emulator.admin.addMember({ name: "Ada Lovelace" });
  await before.emulator.close();

  const after = open({ stateFile });
  const verified = await after.organizations.verifyDomain({ domainVerificationId });
  const { team } = await after.teams.createTeam({ organizationId, name: "Shop" });
  const { member } = await after.teams.addTeamMember({ teamId: team?.id ?? "", userId });

  expect(verified.domainVerification?.verifiedAt).toBeDefined();
  expect(member?.name).toBe("Ada Lovelace");
});

test("a one-time token and the runner that it is for survive in the file, as do runners that nothing is kept of", async () => {
  const stateFile = newFile();
  const before = open({ stateFile });
  const { runner, exchangeToken } = await before.runners.createRunner({ name: "Berlin", provider: RunnerProvider.GCP });
  const runnerId = runner?.runnerId ?? "";
  await before.emulator.close();
  const saved = readFileSync(stateFile, "utf8");

  const after = open({ stateFile });
  after.emulator.admin.deployRunner(exchangeToken);
  await after.emulator.close();
  const deployed = open({ stateFile });
  deployed.emulator.settle();
  const renewed = await deployed.runners.createRunnerToken({ runnerId: ids.runner });

  expect(saved).not.toContain(exchangeToken);
  expect((await deployed.runners.getRunner({ runnerId })).runner?.status?.phase).toBe(RunnerPhase.ACTIVE);
  expect(deployed.emulator.admin.deployRunner(renewed.exchangeToken)).toBe(ids.runner);
});

test("the file is never half written and keeps no draft beside it", async () => {
  const stateFile = newFile();
  const { emulator } = open({ stateFile });
  await emulator.close();

  expect(readdirSync(join(stateFile, ".."))).toEqual(["world.json"]);
  expect(JSON.parse(readFileSync(stateFile, "utf8")).version).toBe(1);
});

test("a file that is no state is refused and says what to do", async () => {
  const stateFile = newFile();
  await open({ stateFile }).emulator.close();
  writeFileSync(stateFile, '{"version": 7}');

  expect(() => open({ stateFile })).toThrow(
    `cannot read the emulator's state from ${stateFile}: the state has version 7, this emulator reads version 1; delete the file to start anew`,
  );
});
