import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createEmulator, type Emulator, ids, tokens } from "../../emulator";
import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { refusal, repository, small } from "./open";

let emulator: Emulator;
let url: string;
let time: number;

beforeEach(async () => {
  time = 1_000_000_000;
  emulator = createEmulator({ now: () => time });
  url = (await emulator.listen()).url;
});

afterEach(() => emulator.close());

const authorization = `Bearer ${tokens.owner}`;

function over(path: string) {
  return createConnectTransport({
    baseUrl: `${url}${path}`,
    httpVersion: "1.1",
    interceptors: [
      (next) => (request) => {
        request.header.set("authorization", authorization);
        return next(request);
      },
    ],
  });
}

test.each(["", "/api"])("calls are answered with the prefix %p", async (prefix) => {
  const environments = createClient(EnvironmentService, over(prefix));

  const { environmentClasses } = await environments.listEnvironmentClasses({ filter: { enabled: true } });

  expect(environmentClasses.map(({ id }) => id)).toEqual([ids.smallClass, ids.largeClass]);
});

test("a call without side effects is answered by GET, one with side effects is not", async () => {
  const get = (call: string, message: object) =>
    fetch(
      `${url}/api/gitpod.v1.EnvironmentService/${call}?encoding=json&connect=v1&message=${encodeURIComponent(JSON.stringify(message))}`,
      { headers: { authorization } },
    );
  const read = await get("ListEnvironments", {});
  const write = await get("CreateEnvironment", { spec: small });

  expect([read.status, await read.json()]).toEqual([200, { pagination: {} }]);
  expect(write.status).toBe(405);
});

test("JSON is understood with unknown fields and snake_case, and answered without empty fields", async () => {
  const response = await fetch(`${url}/api/gitpod.v1.EnvironmentService/CreateEnvironment`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ name: "work", spec: { machine: small.machine }, session_id: "", unknown: true }),
  });
  const body = await response.text();

  expect([response.status, JSON.parse(body)]).toMatchObject([200, { environment: { spec: { specVersion: "1" } } }]);
  expect(body).not.toMatch(/failureMessage|:\[\]|:""/);
});

test.each([
  ["+7200s", "7200s"],
  ["+1800.5s", "1800.500s"],
  ["7200s", "7200s"],
])(
  "the duration %s in JSON is understood, wherever it stands, and no text is taken for one",
  async (text, answered) => {
    const call = (method: string, body: object) =>
      fetch(`${url}/api/gitpod.v1.${method}`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const created = await call("EnvironmentService/CreateEnvironment", {
      name: text,
      annotations: { text },
      spec: { ...small, timeout: { disconnected: text } },
    });
    const { environment } = JSON.parse(await created.text());
    const updated = await call("EnvironmentService/UpdateEnvironment", {
      environment_id: environment.id,
      spec: { timeout: { disconnected: text } },
    });
    const services = { web: { name: "Web", commands: { start: "true" }, readiness_timeout: text } };
    const upsert = { environmentId: environment.id, automationsFile: { services } };
    const upserted = await call("EnvironmentAutomationService/UpsertAutomationsFile", upsert);
    const broken = await call("EnvironmentService/CreateEnvironment", { spec: { timeout: { disconnected: "++1s" } } });

    expect([environment.metadata.name, environment.metadata.annotations.text]).toEqual([text, text]);
    expect(environment.spec.timeout.disconnected).toBe(answered);
    expect([updated.status, upserted.status, broken.status]).toEqual([200, 200, 400]);
  },
);

test.each([
  ["application/json", "application/jsonl"],
  ["application/jsonl", "application/jsonl"],
  ["application/jsonl", "*/*"],
  ["application/json", "application/json, application/jsonl;q=0.9"],
])("events come as lines to a client that sends %s and accepts %s", async (type, accept) => {
  const { createProject } = createClient(ProjectService, over("/api"));
  const response = await fetch(`${url}/api/gitpod.v1.EventService/WatchEvents`, {
    method: "POST",
    headers: { authorization, "content-type": type, accept },
    body: JSON.stringify({ organization: true }),
  });
  await createProject({ name: "Shop", initializer: repository });
  const first = await response.body?.getReader().read();

  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/jsonl"]);
  expect(JSON.parse(new TextDecoder().decode(first?.value))).toMatchObject({ resourceType: "RESOURCE_TYPE_PROJECT" });
});

test("a member is sought by mail address and way of signing in", async () => {
  const list = async (filter: object) => {
    const response = await fetch(`${url}/api/gitpod.v1.OrganizationService/ListMembers`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ organizationId: ids.organization, filter }),
    });
    const { code, members } = JSON.parse(await response.text());
    return code ?? (members ?? []).map(({ email }: { email: string }) => email);
  };
  const email = "user-0003@emulator.localhost";

  expect(await list({ email, loginProvider: "LOGIN_PROVIDER_KIND_GOOGLE" })).toEqual([email]);
  expect(await list({ email, loginProvider: "LOGIN_PROVIDER_KIND_SSO" })).toEqual([]);
  expect(await list({ email: "x".repeat(321) })).toBe("invalid_argument");
  expect(await list({ loginProvider: 99 })).toBe("invalid_argument");
});

test("a call without token is answered with 401 and the error as JSON", async () => {
  const response = await fetch(`${url}/api/gitpod.v1.EnvironmentService/ListEnvironments`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

  expect([response.status, await response.json()]).toEqual([
    401,
    { code: "unauthenticated", message: "missing bearer token" },
  ]);
});

test.each([
  ["before", 0],
  ["after", 1],
  ["inside", 1],
] as const)("a lost connection is a cut socket: %s the answer", async (lost, count) => {
  const projects = createClient(ProjectService, over(""));
  emulator.admin.fault({ method: "ProjectService/CreateProject", lost });

  const [code] = await refusal(projects.createProject({ name: "Shop", initializer: repository }));

  expect([code !== undefined, emulator.world.projects.rows.size]).toEqual([true, count]);
});

test("events stream over HTTP, and a cut connection ends the stream with an error", async () => {
  const { watchEvents } = createClient(EventService, over("/api"));
  const { createProject } = createClient(ProjectService, over("/api"));
  const stream = watchEvents({})[Symbol.asyncIterator]();
  const first = stream.next();
  while (emulator.admin.streams() === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await createProject({ name: "Shop", initializer: repository });
  const event = await first;
  const second = refusal(stream.next());
  emulator.admin.cutStreams("connection");

  expect(event.value).toMatchObject({ operation: 1, resourceType: 3 });
  // A stream that ends in good order would carry the words of the server.
  expect(await second).toEqual([expect.any(String), expect.not.stringContaining("the connection was cut")]);
});

test("a client that goes away leaves no stream behind", async () => {
  const { watchEvents } = createClient(EventService, over("/api"));
  const stop = new AbortController();
  const first = refusal(watchEvents({}, { signal: stop.signal })[Symbol.asyncIterator]().next());
  while (emulator.admin.streams() === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  stop.abort();
  while (emulator.admin.streams() > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect((await first)[0]).toBe("Canceled");
});

test("a log opens with a logs token of its environment only", async () => {
  const environments = createClient(EnvironmentService, over(""));
  const automations = createClient(EnvironmentAutomationService, over(""));
  const { environment } = await environments.createEnvironment({ spec: small });
  const environmentId = environment?.id ?? "";
  emulator.settle();
  const metadata = { reference: "build", name: "Build" };
  const { task } = await automations.createTask({ environmentId, metadata, spec: { command: "echo hello; exit 3" } });
  const started = await automations.startTask({ id: task?.id ?? "" });
  emulator.settle();
  const { taskExecution } = await automations.getTaskExecution({ id: started.taskExecution?.id ?? "" });
  const { accessToken } = await environments.createEnvironmentLogsToken({ environmentId });
  const read = async (token: string) => {
    const response = await fetch(taskExecution?.status?.logUrl ?? "", {
      headers: { authorization: `Bearer ${token}` },
    });
    return [response.status, await response.text()];
  };

  expect(await read(accessToken)).toEqual([
    200,
    "$ echo hello; exit 3\nhello\nerror: Build: the command exited with code 3\n",
  ]);
  expect((await read(tokens.owner))[0]).toBe(401);
  const ops = await environments.createEnvironmentAccessToken({ environmentId });
  expect((await read(ops.accessToken))[0]).toBe(401);
  time += 3_600_000;
  expect((await read(accessToken))[0]).toBe(401);
});

test("the log of what runs is a stream, which ends when nothing can be added anymore", async () => {
  const environments = createClient(EnvironmentService, over(""));
  const automations = createClient(EnvironmentAutomationService, over(""));
  const { environment } = await environments.createEnvironment({ spec: small });
  const environmentId = environment?.id ?? "";
  emulator.settle();
  const { accessToken } = await environments.createEnvironmentLogsToken({ environmentId });
  const follow = async (logUrl: string) => {
    const response = await fetch(logUrl, { headers: { authorization: `Bearer ${accessToken}` } });
    const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    return async () => (await pieces?.read())?.value;
  };
  const metadata = { reference: "web", name: "Web" };
  const spec = { commands: { start: "echo up; sleep infinity", stop: "exit 4" } };
  const { service } = await automations.createService({ environmentId, metadata, spec });
  const id = service?.id ?? "";
  await automations.startService({ id });
  emulator.settle();
  const running = await automations.getService({ id });
  const next = await follow(running.service?.status?.logUrl ?? "");
  const whole = await follow(`${url}/logs/environments/${environmentId}`);

  const beginning = await next();
  await automations.stopService({ id });
  emulator.settle();
  const end = [await next(), await next()];
  const environmentBeginning = await whole();
  await environments.stopEnvironment({ environmentId });
  emulator.settle();

  expect(beginning).toBe("$ echo up; sleep infinity\nup\n");
  expect(end).toEqual(["error: the stop command exited with code 4\n", undefined]);
  expect([environmentBeginning, await whole()]).toEqual(["machine: started\ncontent: none\n", undefined]);
});

test("the URLs of an environment that need something to run in it say that nothing does", async () => {
  const environments = createClient(EnvironmentService, over(""));
  const { environment } = await environments.createEnvironment({ spec: small });
  emulator.settle();
  const read = await environments.getEnvironment({ environmentId: environment?.id ?? "" });
  const urls = read.environment?.status?.environmentUrls;
  const exec = `${urls?.ops}/supervisor.v1.EnvironmentOpsService/Exec`;

  const answers = await Promise.all(
    [exec, urls?.supportBundle, urls?.vmLiveUsage].map(async (one) => {
      const response = await fetch(one ?? "", { method: "POST" });
      return [response.status, await response.json()];
    }),
  );

  const refused = { code: "unimplemented", message: "the emulator runs nothing inside environments" };
  expect(answers).toEqual([
    [501, refused],
    [501, refused],
    [501, refused],
  ]);
});

test("the admin API injects faults, moves time, changes objects and counts calls", async () => {
  const environments = createClient(EnvironmentService, over(""));
  const admin = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return JSON.parse(await (await fetch(`${url}/admin/${path}`, init)).text());
  };
  await admin("POST", "faults", { method: "EnvironmentService/CreateEnvironment", refuse: { code: "unavailable" } });
  const [refused] = await refusal(environments.createEnvironment({ spec: small }));
  const { environment } = await environments.createEnvironment({ spec: small });
  const settled = await admin("POST", "settle");
  await admin("PATCH", `objects/environments/${environment?.id}`, { metadata: { name: "by hand" } });
  await admin("POST", `environments/${environment?.id}/git`, { changedFiles: ["a"] });
  const [changed] = await admin("GET", "objects/environments");
  await admin("DELETE", `objects/environments/${environment?.id}`);
  const { userId } = await admin("POST", "members", { name: "Ada Lovelace" });
  await admin("POST", "domains/acme.com", { text: "proof" });
  const joined = (await admin("GET", "objects/members")).find((member: { userId: string }) => member.userId === userId);
  await admin("POST", `tokens/${tokens.owner}`, { revoked: true });

  expect(joined.fullName).toBe("Ada Lovelace");
  expect(refused).toBe("Unavailable");
  expect(settled.steps).toBeGreaterThan(3);
  expect([changed.metadata.name, changed.status.content.git.totalChangedFiles]).toEqual(["by hand", 1]);
  expect((await refusal(environments.listEnvironments({})))[0]).toBe("Unauthenticated");
  expect(await admin("GET", "calls")).toEqual({
    "EnvironmentService/CreateEnvironment": 2,
    "EnvironmentService/ListEnvironments": 1,
  });
  expect(await admin("GET", "objects/environments")).toEqual([]);
});

test("the admin API tells what is wrong with a request, and answers no browser", async () => {
  const wrong = await fetch(`${url}/admin/objects/nothing`);
  const browser = await fetch(`${url}/admin/calls`, { headers: { origin: "https://example.com" } });

  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("no table nothing")]);
  expect(browser.status).toBe(403);
});
