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
  await admin("POST", `tokens/${tokens.owner}`, { revoked: true });

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
