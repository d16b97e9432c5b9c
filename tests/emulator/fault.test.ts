import { ConnectError } from "@connectrpc/connect";
import { ids } from "../../emulator";
import { ActionableErrorDetailsSchema } from "../../proto/gen/gitpod/v1/actionable_error_pb";
import { EnterpriseAIUserBudgetMode as Mode } from "../../proto/gen/gitpod/v1/billing_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { CustomDomainProvider as Provider } from "../../proto/gen/gitpod/v1/organization_pb";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { open, refusal, repository } from "./open";

const method = "ProjectService/CreateProject";
const project = { name: "Shop", initializer: repository };

test("a refused call does nothing, and only the calls that are meant are refused", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, after: 1, times: 2, refuse: { code: "unavailable", message: "later" } });
  const outcomes: (string | undefined)[] = [];
  for (let call = 0; call < 4; call += 1) {
    outcomes.push((await refusal(projects.createProject(project)))[0]);
  }

  expect(outcomes).toEqual([undefined, "Unavailable", "Unavailable", undefined]);
  expect(emulator.world.projects.rows.size).toBe(2);
  expect(emulator.calls()).toEqual({ [method]: 4 });
});

test("a refusal carries headers, the delay to wait, and details", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({
    method: "*",
    refuse: {
      code: "resource_exhausted",
      headers: { "RateLimit-RetryAfter": "7" },
      retryDelay: 1.5,
      details: [{ type: "gitpod.v1.ActionableErrorDetails", value: { userMessage: "Slow down" } }],
    },
  });

  const error = await projects.listProjects({}).catch((reason) => ConnectError.from(reason));

  expect(error).toBeInstanceOf(ConnectError);
  const refused = error as ConnectError;
  expect(refused.metadata.get("RateLimit-RetryAfter")).toBe("7");
  expect(refused.findDetails(RetryInfoSchema)).toMatchObject([{ retryDelay: { seconds: 1n, nanos: 500_000_000 } }]);
  expect(refused.findDetails(ActionableErrorDetailsSchema)).toMatchObject([{ userMessage: "Slow down" }]);
});

test.each([
  ["before", 0],
  ["after", 1],
  ["inside", 1],
] as const)("a connection that is lost %s the answer leaves %i project", async (lost, count) => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, lost });

  const [code] = await refusal(projects.createProject(project));

  expect([code, emulator.world.projects.rows.size]).toEqual(["Aborted", count]);
});

test("a malformed answer is an error, although the server acted", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, malformed: true });

  const [code] = await refusal(projects.createProject(project));

  expect([code, emulator.world.projects.rows.size]).toEqual(["Internal", 1]);
});

test("a proxy can answer in place of the API", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, respond: { status: 502, headers: { "content-type": "text/html" }, body: "<html>" } });

  const [code] = await refusal(projects.createProject(project));

  expect([code, emulator.world.projects.rows.size]).toEqual(["Unavailable", 0]);
});

test("a new object stays unseen for as many reads as the replica lags", async () => {
  const { emulator, projects } = open();
  emulator.admin.lag(2);
  const created = await projects.createProject(project);
  const projectId = created.project?.id ?? "";
  const read = async () => (await refusal(projects.getProject({ projectId })))[0];

  expect([await read(), await read(), await read()]).toEqual(["NotFound", "NotFound", undefined]);
});

test("a replica has caught up after a minute, although nobody has read", async () => {
  const clock = { now: Date.parse("2026-08-01T00:00:00Z") };
  const { emulator, projects } = open({ now: () => clock.now });
  emulator.admin.lag(2);
  const created = await projects.createProject(project);
  const projectId = created.project?.id ?? "";
  const read = async () => (await refusal(projects.getProject({ projectId })))[0];

  const first = await read();
  clock.now += 60_000;

  expect([first, await read()]).toEqual(["NotFound", undefined]);
});

test("a lagging read by something else than the id does not find the object, or has no policy to show", async () => {
  const { emulator, billing, groups, organizations } = open();
  const organizationId = ids.organization;
  const { group } = await groups.createGroup({ organizationId, name: "Developers" });
  const member = { groupId: group?.id ?? "", subject: { id: ids.colleague, principal: Principal.USER } };
  const budget = { organizationId, mode: Mode.ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS };
  emulator.admin.lag(1);
  await groups.createMembership(member);
  await organizations.createCustomDomain({ organizationId, domainName: "dev.acme.com", provider: Provider.AWS });
  await billing.setEnterpriseAIUserBudgetPolicy({ ...budget, noCap: true });
  const read = async () => [
    (await refusal(groups.getMembership(member)))[0],
    (await refusal(organizations.getCustomDomain({ organizationId })))[0],
    (await billing.getEnterpriseAIUserBudgetPolicy(budget)).policy?.noCap,
  ];

  expect([await read(), await read()]).toEqual([
    ["NotFound", "NotFound", undefined],
    [undefined, undefined, true],
  ]);
});

test("reads of prompts lag, too, although they do not declare that they change nothing", async () => {
  const { emulator, agents } = open();
  emulator.admin.lag(1);
  const { prompt } = await agents.createPrompt({ name: "Review", description: "reads", prompt: "Read." });
  const read = async () => (await refusal(agents.getPrompt({ promptId: prompt?.id ?? "" })))[0];

  expect([await read(), await read()]).toEqual(["NotFound", undefined]);
});

test("a lagging list leaves new objects out", async () => {
  const { emulator, projects } = open();
  await projects.createProject(project);
  emulator.admin.lag(1);
  await projects.createProject(project);
  const count = async () => (await projects.listProjects({})).projects.length;

  expect([await count(), await count()]).toEqual([1, 2]);
});

test("a lagging list that shows an object shows all older ones, too", async () => {
  const { emulator, projects } = open();
  const names = async () => (await projects.listProjects({})).projects.map(({ metadata }) => metadata?.name);
  emulator.admin.lag(3);
  await projects.createProject({ ...project, name: "First" });
  const before = await names();
  emulator.admin.lag(0);
  await projects.createProject({ ...project, name: "Second" });
  const between = await names();
  emulator.admin.lag(1);
  await projects.createProject({ ...project, name: "Third" });

  expect([before, between, await names(), await names()]).toEqual([
    [],
    ["First", "Second"],
    ["First", "Second"],
    ["First", "Second", "Third"],
  ]);
});

test("an answer that drips still arrives", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, drip: 1 });

  const created = await projects.createProject(project);

  expect(created.project?.metadata?.name).toBe("Shop");
});

test("a listener holds a call up on both sides", async () => {
  const { emulator, projects } = open();
  const moments: string[] = [];
  const stop = emulator.admin.onCall(async (name, moment) => {
    moments.push(`${moment} ${name}: ${emulator.world.projects.rows.size}`);
  });
  await projects.createProject(project);
  stop();
  await projects.createProject(project);

  expect(moments).toEqual([`before ${method}: 0`, `after ${method}: 1`]);
});

test("faults that are cleared do not happen", async () => {
  const { emulator, projects } = open();
  emulator.admin.fault({ method, refuse: { code: "internal" } });
  emulator.admin.lag(5);
  emulator.admin.clearFaults();
  const created = await projects.createProject(project);

  await expect(projects.getProject({ projectId: created.project?.id ?? "" })).resolves.toBeDefined();
});
