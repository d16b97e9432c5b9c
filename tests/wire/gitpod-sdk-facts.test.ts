import { Gitpod } from "@gitpod/sdk";
import { createEmulator, type Emulator, ids, type Pace, tokens } from "../../emulator";

let emulator: Emulator;
let client: Gitpod;

beforeEach(() => open("brisk"));

afterEach(() => emulator.close());

async function open(pace: Pace): Promise<void> {
  emulator = createEmulator({ pace });
  const { url } = await emulator.listen();
  client = new Gitpod({ baseURL: `${url}/api`, bearerToken: tokens.owner, maxRetries: 0 });
}

const spec = { machine: { class: ids.smallClass } };
const url = "https://github.com/acme/shop";

async function project(name = "Shop") {
  const body = { name, environmentClass: {}, initializer: { specs: [{ contextUrl: { url } }] } };
  const created = await client.projects.create(body);
  return created.project?.id ?? "";
}

/** A call that this release of the client has no name for. */
const call = (method: string, body: object) => client.post<unknown>(`/gitpod.v1.${method}`, { body });

test("insights of a project are turned on and off, and are not found while they are off", async () => {
  const projectId = await project();
  const status = () => call("InsightsService/GetProjectInsightsStatus", { projectId });

  await expect(call("InsightsService/DisableProjectInsights", { projectId })).rejects.toThrow(Gitpod.NotFoundError);
  await call("InsightsService/EnableProjectInsights", { projectId });
  expect(await status()).toEqual({ enabled: true });
  await call("InsightsService/DisableProjectInsights", { projectId });
  await expect(status()).rejects.toThrow(Gitpod.NotFoundError);
});

test("events come as lines to a client that sends JSON and accepts lines", async () => {
  const controller = new AbortController();
  const options = { headers: { "Content-Type": "application/json" }, signal: controller.signal };
  const events = await client.events.watch({ organization: true }, options);
  const projectId = await project();

  for await (const { operation, resourceId } of events) {
    expect([operation, resourceId]).toEqual(["RESOURCE_OPERATION_CREATE", projectId]);
    break;
  }
  controller.abort();
});

test("an environment says when it was started before it runs", async () => {
  const { environment } = await client.environments.create({ spec });

  expect(environment.status?.phase).toBe("ENVIRONMENT_PHASE_CREATING");
  expect(environment.metadata?.lastStartedAt).toBe(environment.metadata?.createdAt);
});

test("projects come by recent use, whoever has deleted the environments, and say who has used them", async () => {
  const [idle, used] = [await project("Idle"), await project("Used")];
  const created = await client.environments.createFromProject({ projectId: used, spec });
  await client.environments.delete({ environmentId: created.environment.id, force: true });
  const names = async (order: string) => {
    const listed = await client.projects.list({}, { body: { sort: { field: "popularity", order } } });
    return listed.projects.map(({ id }) => id);
  };
  const read = await client.projects.retrieve({ projectId: used });

  expect(await names("SORT_ORDER_DESC")).toEqual([used, idle]);
  expect(await names("SORT_ORDER_ASC")).toEqual([idle, used]);
  expect(read.project?.usedBy).toEqual({
    subjects: [{ id: ids.owner, principal: "PRINCIPAL_USER" }],
    totalSubjects: 1,
  });
});

test("a duration may have a plus sign", async () => {
  const { environment } = await client.environments.create({ spec: { ...spec, timeout: { disconnected: "+7200s" } } });

  expect(environment.spec?.timeout?.disconnected).toBe("7200s");
});

test("the URL of a branch comes with the branch and with the projects of its repository", async () => {
  const projectId = await project();

  const parsed = await client.runners.parseContextURL({ contextUrl: `${url}/tree/next` });

  expect([parsed.git?.branch, parsed.projectIds]).toEqual(["next", [projectId]]);
});

test("environments are listed across the organization, or those of one creator", async () => {
  const { environment } = await client.environments.create({ spec });
  const colleague = client.withOptions({ bearerToken: tokens.colleague });
  const list = async (filter: object) =>
    (await colleague.environments.list({ filter })).environments.map(({ id }) => id);

  expect(await list({})).toEqual([environment.id]);
  expect(await list({ creatorIds: [ids.colleague] })).toEqual([]);
});

test("whoever stops an environment, reads it and then listens hears that it has stopped", async () => {
  // The slowest pace, since a machine that does much else may take longer than a brisk one waits.
  await emulator.close();
  await open("real");
  const made = await Promise.all(Array.from({ length: 5 }, () => client.environments.create({ spec })));
  emulator.settle();
  const phaseOf = async (environmentId: string) =>
    (await client.environments.retrieve({ environmentId })).environment.status?.phase;
  const stopped = async (environmentId: string) => {
    await client.environments.stop({ environmentId });
    let phase = await phaseOf(environmentId);
    const controller = new AbortController();
    for await (const _ of await client.events.watch({ environmentId }, { signal: controller.signal })) {
      phase = await phaseOf(environmentId);
      if (phase === "ENVIRONMENT_PHASE_STOPPED") {
        break;
      }
    }
    controller.abort();
    return phase;
  };

  const seen = await Promise.all(made.map(({ environment }) => stopped(environment.id)));

  expect(seen).toEqual(made.map(() => "ENVIRONMENT_PHASE_STOPPED"));
});

test("an environment shows the secrets of its project, and the client learns whose token it has", async () => {
  const projectId = await project();
  const secret = { name: "PASSWORD", projectId, value: "hidden", environmentVariable: true };
  const { secret: made } = await client.secrets.create(secret);
  const { environment } = await client.environments.createFromProject({ projectId, spec });
  emulator.settle();

  const read = await client.environments.retrieve({ environmentId: environment.id });
  const { user } = await client.users.getAuthenticatedUser({});

  expect(read.environment.spec?.secrets).toMatchObject([{ id: made?.id, environmentVariable: "PASSWORD" }]);
  expect(read.environment.status?.secrets).toMatchObject([{ id: made?.id, phase: "CONTENT_PHASE_READY" }]);
  expect(JSON.stringify(read)).not.toContain("hidden");
  expect([user.id, user.organizationId]).toEqual([ids.owner, ids.organization]);
});
