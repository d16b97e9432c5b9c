import { Gitpod } from "@gitpod/sdk";
import { runCommand, runService } from "@gitpod/sdk/lib/automation";
import { createEmulator, type Emulator, ids, tokens } from "../../emulator";

let emulator: Emulator;
let client: Gitpod;

beforeEach(async () => {
  emulator = createEmulator({ pace: "fast" });
  const { url } = await emulator.listen();
  client = new Gitpod({ baseURL: `${url}/api`, bearerToken: tokens.owner, maxRetries: 0 });
});

afterEach(() => emulator.close());

const spec = { machine: { class: ids.smallClass } };
const shop = {
  name: "Shop",
  environmentClass: { environmentClassId: ids.smallClass },
  initializer: { specs: [{ contextUrl: { url: "https://github.com/acme/shop" } }] },
};

/** Creates an environment and waits for it as the vendor's examples do: by its events. */
async function running() {
  const { environment } = await client.environments.create({ spec });
  await waitFor(environment.id, "ENVIRONMENT_PHASE_RUNNING");
  return environment.id;
}

async function waitFor(environmentId: string, phase: string) {
  const controller = new AbortController();
  const events = await client.events.watch({ environmentId }, { signal: controller.signal });
  const phaseNow = async () => (await client.environments.retrieve({ environmentId })).environment.status?.phase;
  try {
    if ((await phaseNow()) === phase) {
      return;
    }
    for await (const event of events) {
      if (event.resourceId === environmentId && (await phaseNow()) === phase) {
        return;
      }
    }
  } finally {
    controller.abort();
  }
}

test("it knows who it is and which classes there are", async () => {
  const identity = await client.identity.getAuthenticatedIdentity({});
  const classes = [];
  for await (const one of client.environments.classes.list({ filter: { enabled: true } })) {
    classes.push(one.id);
  }

  expect([identity.organizationId, identity.subject?.id]).toEqual([ids.organization, ids.owner]);
  expect(classes).toEqual([ids.smallClass, ids.largeClass]);
});

test("it creates, starts, stops and deletes an environment, watching its events", async () => {
  const environmentId = await running();
  const seen = await client.environments.retrieve({ environmentId });
  await client.environments.stop({ environmentId });
  await waitFor(environmentId, "ENVIRONMENT_PHASE_STOPPED");
  await client.environments.start({ environmentId });
  await waitFor(environmentId, "ENVIRONMENT_PHASE_RUNNING");
  await client.environments.delete({ environmentId, force: true });

  expect(seen.environment.status?.environmentUrls?.logs).toContain(environmentId);
  await expect(client.environments.retrieve({ environmentId })).rejects.toThrow(Gitpod.NotFoundError);
});

test("it pages through more than one page, with the page in the query of the URL", async () => {
  const made = [];
  for (let index = 0; index < 7; index += 1) {
    const { project } = await client.projects.create({ ...shop, name: `Project ${index}` });
    made.push(project?.id);
  }
  const seen = [];
  for await (const project of client.projects.list({ pageSize: 3 })) {
    seen.push(project.id);
  }

  expect(seen).toEqual(made);
  expect(emulator.calls()["ProjectService/ListProjects"]).toBe(3);
});

test("it creates an environment from a project, and updates and deletes the project", async () => {
  const projectId = await projectOf(client);
  await client.projects.update({ projectId, name: "Store" });
  const { environment } = await client.environments.createFromProject({ projectId, spec });
  const { project } = await client.projects.retrieve({ projectId });
  await client.projects.delete({ projectId });

  expect([project?.metadata?.name, environment.metadata?.projectId]).toEqual(["Store", projectId]);
});

test("its own helpers run a service and a command and read their logs", async () => {
  const environmentId = await running();
  const service = await runService(
    client,
    environmentId,
    { reference: "web", name: "Web" },
    { commands: { start: "echo listening; sleep infinity" } },
  );
  const command = await runCommand(client, environmentId, "echo hello");

  const begun = [await service.next(), await service.next()];
  const more = service.next();
  const hello = await all(command);
  await client.environments.stop({ environmentId });

  expect(begun.map(({ value }) => value)).toEqual(["$ echo listening; sleep infinity", "listening"]);
  expect(hello).toEqual(["$ echo hello", "hello"]);
  expect(await more).toEqual({ done: true, value: undefined });
});

test("it makes, lists, changes and deletes a secret, and lists groups", async () => {
  const projectId = await projectOf(client);
  const { secret } = await client.secrets.create({
    name: "PASSWORD",
    projectId,
    value: "hidden",
    environmentVariable: true,
  });
  const secretId = secret?.id ?? "";
  await client.secrets.updateValue({ secretId, value: "other" });
  const names = [];
  for await (const one of client.secrets.list({ filter: { projectIds: [projectId] } })) {
    names.push(one.name);
  }
  await client.secrets.delete({ secretId });
  const groups = await client.groups.list({});

  expect([names, groups.groups?.map(({ name }) => name)]).toEqual([["PASSWORD"], ["Administrators"]]);
});

test("it understands the emulator's errors", async () => {
  const stranger = client.withOptions({ bearerToken: "nonsense" });
  const reader = client.withOptions({ bearerToken: tokens.readOnly });

  await expect(stranger.environments.list({})).rejects.toThrow(Gitpod.AuthenticationError);
  await expect(reader.environments.create({ spec })).rejects.toThrow(Gitpod.PermissionDeniedError);
  await expect(client.environments.retrieve({ environmentId: "x" })).rejects.toThrow(Gitpod.BadRequestError);
  await expect(client.accounts.retrieve({})).rejects.toThrow(Gitpod.InternalServerError);
});

test("it waits as long as a rate limit says, and repeats the call", async () => {
  const patient = client.withOptions({ maxRetries: 2 });
  emulator.admin.fault({
    method: "EnvironmentService/ListEnvironments",
    refuse: { code: "resource_exhausted", headers: { "retry-after-ms": "1" } },
  });

  const page = await patient.environments.list({});

  expect([page.environments, emulator.calls()["EnvironmentService/ListEnvironments"]]).toEqual([[], 2]);
});

async function projectOf(own: Gitpod) {
  const { project } = await own.projects.create(shop);
  return project?.id ?? "";
}

async function all(lines: AsyncIterable<string>) {
  const read = [];
  for await (const line of lines) {
    read.push(line);
  }
  return read;
}
