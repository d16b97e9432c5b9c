import { changedUnits } from "../../provider/mapping/diff";
import { updateRequest } from "../../provider/mapping/update-request";
import { naming } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { environment, group, project, secret, service, task, taskExecution } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";

const id = "0199a1b2-0000-7000-8000-000000000001";
const web = {
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
} satisfies JsonObject;
const port = { port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" } satisfies JsonObject;
const key = { id: "laptop", value: "ssh-ed25519 A" } satisfies JsonObject;

const sent = (definition: Definition, olds: JsonObject, news: JsonObject, remote: JsonObject = {}) =>
  updateRequest(definition, changedUnits(definition, olds, news), { olds, news, remote });

test("a request names the object by the field that it has for it", () => {
  expect(naming(project, project.update, id)).toEqual({ projectId: id });
  expect(naming(service, service.update, id)).toEqual({ id });
});

test("only what has changed is sent, at its place in the request", () => {
  const news = { ...web, metadata: { ...web.metadata, description: "The shop" } };

  expect(sent(service, web, news)).toEqual({ metadata: { description: "The shop" } });
  expect(sent(environment, { name: "a" }, { name: "b" })).toEqual({ metadata: { name: "b" } });
});

test("nothing is sent where nothing has changed, or nothing that the request takes", () => {
  const replaced = { ...web, spec: { ...web.spec, desiredPhase: "SERVICE_PHASE_STOPPED" } };

  expect(sent(service, web, web)).toBeUndefined();
  expect(sent(service, web, replaced)).toBeUndefined();
  expect(sent(environment, {}, { forceDelete: true })).toBeUndefined();
  expect(sent(environment, { spec: { timeout: { disconnected: "3600s" } } }, {})).toBeUndefined();
  expect(sent(taskExecution, { taskId: id }, { taskId: id, triggers: { a: "1" } })).toBeUndefined();
});

test("a scalar that the request cannot leave out goes with every change, as it is stated or else as the server has it", () => {
  const named = { organizationId: id, name: "team", description: "a" };
  const remote = { id, organizationId: id, name: "team at the server", description: "at the server" };

  expect(sent(group, named, { ...named, description: "b" }, remote)).toEqual({ name: "team", description: "b" });
  expect(sent(group, { organizationId: id, name: "a" }, { organizationId: id, name: "b" }, remote)).toEqual({
    name: "b",
    description: "at the server",
  });
  expect(sent(secret, { name: "TOKEN", value: "a" }, { name: "TOKEN", value: "b" })).toEqual({ value: "b" });
});

test("a message that is taken whole keeps what the server has beside what is stated", () => {
  const remote = {
    prebuildConfiguration: { enabled: true, timeout: "3600s", executor: { id, principal: "PRINCIPAL_USER" } },
  };
  const olds = { prebuildConfiguration: { enabled: true } };
  const news = { prebuildConfiguration: { enabled: true, enableJetbrainsWarmup: true } };

  expect(sent(project, olds, news, remote)).toEqual({
    prebuildConfiguration: { ...remote.prebuildConfiguration, enableJetbrainsWarmup: true },
  });
});

test("a part of a message that is no longer stated is left out, at any depth", () => {
  const veto = { exec: { enabled: true, denylist: ["curl"] }, file: { enabled: true } };
  const remote = { spec: { kernelControlsConfig: { veto: { ...veto, exec: { ...veto.exec, watch: true } } } } };
  const olds = { spec: { kernelControlsConfig: { veto } } };
  const news = { spec: { kernelControlsConfig: { veto: { exec: { enabled: true } } } } };

  expect(sent(environment, olds, news, remote)).toEqual({
    spec: { kernelControlsConfig: { veto: { exec: { enabled: true, watch: true } } } },
  });
});

test("another choice takes the place of the one that the server has", () => {
  const docker = { ...web, spec: { ...web.spec, runsOn: { docker: { image: "node" } } } };
  const machine = { ...web, spec: { ...web.spec, runsOn: { machine: {} } } };

  expect(sent(service, docker, machine, docker)).toEqual({ spec: { runsOn: { machine: {} } } });
  expect(sent(service, web, machine, docker)).toEqual({ spec: { runsOn: { machine: {} } } });
});

test("the same choice keeps what the server has inside", () => {
  const runsOn = (image: string): JsonObject => ({ spec: { runsOn: { docker: { image } } } });
  const remote = { spec: { runsOn: { docker: { image: "node:22", environment: ["A=1"] } } } };

  expect(sent(service, runsOn("node:22"), runsOn("node:24"), remote)).toEqual({
    spec: { runsOn: { docker: { image: "node:24", environment: ["A=1"] } } },
  });
});

test("a list inside a message is sent as it is stated", () => {
  const git = (remoteUri: string): JsonObject => ({ initializer: { specs: [{ git: { remoteUri } }] } });
  const remote = { initializer: { specs: [{ git: { remoteUri: "a", checkoutLocation: "src" } }, { contextUrl: {} }] } };

  expect(sent(project, git("a"), git("b"), remote)).toEqual(git("b"));
});

test("ports: a new one is sent, a changed one is completed by what the server has, one that stays is not sent", () => {
  const spec = (...ports: JsonObject[]): JsonObject => ({ spec: { ports } });
  const remote = spec({ ...port, protocol: "PROTOCOL_HTTPS", authNonce: "2" }, { ...port, port: 4000 });
  const closed = { ...port, admission: "ADMISSION_LEVEL_CREATOR_ONLY" };
  const added = { ...port, port: 5000 };

  expect(
    sent(environment, spec(port, { ...port, port: 4000 }), spec(closed, { ...port, port: 4000 }, added), remote),
  ).toEqual(spec({ ...closed, protocol: "PROTOCOL_HTTPS", authNonce: "2" }, added));
});

test("ports: one that is removed is sent without admission, with the name that the request demands", () => {
  const spec = (...ports: JsonObject[]): JsonObject => ({ spec: { ports } });
  const { admission: _, ...closing } = port;

  expect(sent(environment, spec(port), spec(), spec(port))).toEqual(spec(closing));
  expect(sent(environment, spec(port), { spec: {} }, spec())).toEqual(spec(closing));
});

test("SSH keys: a new and a changed one are sent, one that is removed is sent without its value", () => {
  const spec = (...sshPublicKeys: JsonObject[]): JsonObject => ({ spec: { sshPublicKeys } });
  const other = { id: "desktop", value: "ssh-ed25519 B" };
  const changed = { ...key, value: "ssh-ed25519 C" };

  expect(sent(environment, spec(key, other), spec(changed), spec(key, other))).toEqual(
    spec(changed, { id: "desktop" }),
  );
  expect(sent(environment, spec(key), spec(key, other), spec(key))).toEqual(spec(other));
});

test("a list that the request wraps can be changed and emptied in place", () => {
  const triggered = (...triggeredBy: JsonObject[]): JsonObject => ({ metadata: { triggeredBy } });
  const wrapped = (triggeredBy: JsonObject): JsonObject => ({ metadata: { triggeredBy } });

  expect(sent(service, {}, triggered({ manual: true }))).toEqual(wrapped({ trigger: [{ manual: true }] }));
  expect(sent(task, triggered({ manual: true }), triggered())).toEqual(wrapped({ trigger: [] }));
  expect(sent(task, triggered({ manual: true }), {})).toEqual(wrapped({}));
});

test("what is no longer stated is sent as its empty value", () => {
  const olds = {
    ...web,
    metadata: { ...web.metadata, description: "The shop", role: "SERVICE_ROLE_EDITOR" },
    spec: { commands: { start: "npm start", ready: "true" }, runsOn: { machine: {} } },
  };

  expect(sent(service, olds, web)).toEqual({
    metadata: { description: "", role: "SERVICE_ROLE_UNSPECIFIED" },
    spec: { commands: { ready: "" }, runsOn: {} },
  });
});
