import { changedUnits, diff } from "../../provider/mapping/diff";
import type { Definition } from "../../provider/model/definition";
import { createMemory, takeNote } from "../../provider/model/run-memory";
import type { Seen } from "../../provider/model/state";
import { environment, group, project, secret, service, task, taskExecution } from "../../provider/resources";
import { type JsonObject, unknown } from "../../provider/value/json";

const id = "0199a1b2-0000-7000-8000-000000000001";
const otherId = "0199a1b2-0000-7000-8000-000000000002";
const web = {
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
} satisfies JsonObject;
const seed = {
  environmentId: id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
} satisfies JsonObject;
const port = { port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" } satisfies JsonObject;
const token = { name: "TOKEN", value: "a", apiOnly: true, scope: { projectId: id } } satisfies JsonObject;
const run = { taskId: id } satisfies JsonObject;

const same = { changes: [], replaces: [], deleteBeforeReplace: false, unsettled: false };

function difference(definition: Definition, inputs: JsonObject, news: JsonObject, phase?: string, seen?: Seen) {
  const outputs = phase === undefined ? {} : { status: { phase } };
  return diff(createMemory(), definition, { inputs, outputs, seen: seen ?? { ready: true } }, news);
}

test("the same inputs in another order of their keys are no difference", () => {
  const reversed = { spec: web.spec, metadata: { name: "Web", reference: "web" }, environmentId: id };

  expect(difference(service, web, reversed)).toEqual(same);
});

test("an object whose deletion was asked for is replaced, since nothing brings it back", () => {
  const doomed = (definition: Definition, inputs: JsonObject, desiredPhase: string, phase: string) =>
    diff(
      createMemory(),
      definition,
      { inputs, outputs: { spec: { desiredPhase }, status: { phase } }, seen: { ready: true } },
      inputs,
    );

  expect(doomed(service, web, "SERVICE_PHASE_DELETED", "SERVICE_PHASE_RUNNING")).toEqual({
    ...same,
    replaces: ["spec"],
    deleteBeforeReplace: true,
  });
  expect(doomed(environment, {}, "ENVIRONMENT_PHASE_DELETED", "ENVIRONMENT_PHASE_STOPPING")).toEqual({
    ...same,
    replaces: ["spec"],
  });
  expect(doomed(service, web, "SERVICE_PHASE_STOPPED", "SERVICE_PHASE_RUNNING")).toEqual(same);
});

test("each leaf that differs is a change", () => {
  const news = {
    ...web,
    metadata: { reference: "web", name: "Shop", description: "The shop" },
    spec: { commands: { start: "npm start" }, runsOn: { docker: { image: "node" } } },
  };

  expect(difference(service, { ...web, spec: { ...web.spec, runsOn: { machine: {} } } }, news)).toEqual({
    ...same,
    changes: [
      { path: ["metadata", "name"], kind: "update", replaces: false },
      { path: ["metadata", "description"], kind: "add", replaces: false },
      { path: ["spec", "runsOn", "machine"], kind: "delete", replaces: false },
      { path: ["spec", "runsOn", "docker"], kind: "add", replaces: false },
    ],
  });
});

test("what no update request takes replaces, and the units that changed are named by their first step", () => {
  const news = { ...web, environmentId: otherId, spec: { ...web.spec, session: "2" } };

  expect(difference(service, web, news)).toEqual({
    ...same,
    changes: [
      { path: ["environmentId"], kind: "update", replaces: true },
      { path: ["spec", "session"], kind: "add", replaces: true },
    ],
    replaces: ["environmentId", "spec"],
  });
});

test("a replacement waits for the deletion where the natural key stays the same", () => {
  const news = { ...web, spec: { ...web.spec, session: "2" } };

  expect(difference(service, web, news).deleteBeforeReplace).toBe(true);
  expect(difference(service, web, { ...news, metadata: { reference: "shop", name: "Web" } })).toMatchObject({
    replaces: ["metadata", "spec"],
    deleteBeforeReplace: false,
  });
  expect(
    difference(secret, token, { name: "TOKEN", value: "a", environmentVariable: true, scope: { projectId: id } }),
  ).toMatchObject({ replaces: ["environmentVariable", "apiOnly"], deleteBeforeReplace: true });
  expect(difference(group, { organizationId: id, name: "a" }, { organizationId: otherId, name: "a" })).toMatchObject({
    replaces: ["organizationId"],
    deleteBeforeReplace: false,
  });
});

test("the natural key of an object that is kept makes nothing wait", () => {
  expect(difference(service, web, { ...web, metadata: { reference: "web", name: "Shop" } }).deleteBeforeReplace).toBe(
    false,
  );
});

test("what is not known yet replaces only where it is the id of another object and no update takes it", () => {
  const replacesOf = (definition: Definition, olds: JsonObject, news: JsonObject) =>
    difference(definition, olds, news).replaces;

  expect(replacesOf(service, web, { ...web, environmentId: unknown })).toEqual(["environmentId"]);
  expect(replacesOf(secret, token, { ...token, scope: { projectId: unknown } })).toEqual(["scope"]);
  expect(replacesOf(taskExecution, run, { taskId: unknown })).toEqual(["taskId"]);
  expect(replacesOf(service, web, { ...web, metadata: { reference: unknown, name: unknown } })).toEqual([]);
  expect(replacesOf(service, web, { ...web, spec: { ...web.spec, session: unknown } })).toEqual([]);
  expect(replacesOf(taskExecution, { ...run, triggers: { a: "1" } }, { ...run, triggers: { a: unknown } })).toEqual([]);
  expect(replacesOf(task, { ...seed, dependsOn: [id] }, { ...seed, dependsOn: [unknown] })).toEqual([]);
});

test("everything below what is not known yet is not known either", () => {
  const { changes, replaces } = difference(service, web, { ...web, metadata: unknown });

  expect(replaces).toEqual([]);
  expect(changes).toEqual([
    { path: ["metadata", "reference"], kind: "update", replaces: false },
    { path: ["metadata", "name"], kind: "update", replaces: false },
    { path: ["metadata", "description"], kind: "add", replaces: false },
    { path: ["metadata", "triggeredBy"], kind: "add", replaces: false },
    { path: ["metadata", "role"], kind: "add", replaces: false },
  ]);
});

test("a list that an update takes entry by entry changes in place, even to nothing", () => {
  const olds = { spec: { ports: [port], sshPublicKeys: [{ id: "laptop", value: "ssh-ed25519 A" }] } };

  expect(difference(environment, olds, { spec: { ports: [], sshPublicKeys: [] } })).toEqual({
    ...same,
    changes: [
      { path: ["spec", "ports", 0], kind: "delete", replaces: false },
      { path: ["spec", "sshPublicKeys", 0], kind: "delete", replaces: false },
    ],
  });
});

test("a plain list that is emptied or removed replaces, because its empty value says nothing", () => {
  const olds = { ...seed, dependsOn: [id, otherId] };
  const replacesOf = (news: JsonObject) => difference(task, olds, news).replaces;

  expect(replacesOf({ ...seed, dependsOn: [id] })).toEqual([]);
  expect(replacesOf({ ...seed, dependsOn: [] })).toEqual(["dependsOn"]);
  expect(replacesOf(seed)).toEqual(["dependsOn"]);
  expect(difference(task, { ...seed, dependsOn: [] }, seed).replaces).toEqual([]);
  expect(difference(task, seed, { ...seed, dependsOn: [] }).replaces).toEqual([]);
});

test("an empty value that is no longer stated never replaces", () => {
  const olds = {
    annotations: {},
    sessionId: "",
    spec: { secrets: [], admission: "ADMISSION_LEVEL_UNSPECIFIED", machine: { preferDualDisk: false } },
  };

  expect(difference(environment, olds, {})).toMatchObject({ replaces: [], deleteBeforeReplace: false });
  expect(difference(environment, { annotations: { team: "shop" } }, {}).replaces).toEqual(["annotations"]);
});

test("what is left as it is when it is removed is a change without anything to write", () => {
  const olds = { spec: { timeout: { disconnected: "3600s" } } };
  const written = (news: JsonObject) => changedUnits(environment, olds, news).map(({ name }) => name);

  expect(difference(environment, olds, {})).toEqual({
    ...same,
    changes: [{ path: ["spec", "timeout", "disconnected"], kind: "delete", replaces: false }],
  });
  expect(written({})).toEqual([]);
  expect(written({ spec: { timeout: { disconnected: "1800s" } } })).toEqual(["spec.timeout.disconnected"]);
});

test("an input that only the deletion takes never replaces", () => {
  expect(difference(environment, {}, { forceDelete: true })).toEqual({
    ...same,
    changes: [{ path: ["forceDelete"], kind: "add", replaces: false }],
  });
});

test("the list that has a call of its own changes in place, and is left as it is when it is removed", () => {
  const environmentClasses = [{ environmentClassId: id, order: 1 }];

  expect(difference(project, { environmentClasses }, { environmentClasses: [{ localRunner: true }] }).replaces).toEqual(
    [],
  );
  expect(difference(project, { environmentClasses }, {}).replaces).toEqual([]);
});

test("the phase that is asked for never replaces", () => {
  const stopped = { ...web, spec: { ...web.spec, desiredPhase: "SERVICE_PHASE_STOPPED" } };

  expect(difference(service, web, stopped, "SERVICE_PHASE_RUNNING")).toEqual({
    ...same,
    changes: [{ path: ["spec", "desiredPhase"], kind: "add", replaces: false }],
    unsettled: true,
  });
  expect(difference(service, stopped, web, "SERVICE_PHASE_STOPPED")).toMatchObject({ replaces: [], unsettled: false });
});

test.each([
  ["has not come up yet", web, "SERVICE_PHASE_STARTING", {}],
  [
    "was left in another phase for a change",
    web,
    "SERVICE_PHASE_STOPPED",
    { ready: true, wasIn: "SERVICE_PHASE_RUNNING" },
  ],
  ["is in another phase than is asked for", withPhase("RUNNING"), "SERVICE_PHASE_STOPPED", { ready: true }],
  ["has failed instead of what is asked for", withPhase("STOPPED"), "SERVICE_PHASE_FAILED", { ready: true }],
])("an object that %s needs an update without any change", (_why, inputs, phase, seen) => {
  expect(difference(service, inputs, inputs, phase, seen)).toEqual({ ...same, unsettled: true });
});

test.each([
  ["nobody asks for a phase", web, "SERVICE_PHASE_STOPPED"],
  ["it is in the phase that is asked for", withPhase("STOPPED"), "SERVICE_PHASE_STOPPED"],
])("an object that has come up once needs nothing where %s", (_why, inputs, phase) => {
  expect(difference(service, inputs, inputs, phase)).toEqual(same);
});

test("a kind without phases is settled as soon as it exists", () => {
  expect(difference(group, { name: "a" }, { name: "a" }, undefined, {})).toEqual(same);
});

test("an execution that has failed is replaced, one that has ended well is kept", () => {
  const failed = { ...same, replaces: ["desiredPhase"] };

  expect(difference(taskExecution, run, run, "TASK_EXECUTION_PHASE_FAILED")).toEqual(failed);
  expect(difference(taskExecution, run, run, "TASK_EXECUTION_PHASE_STOPPED")).toEqual(failed);
  expect(difference(taskExecution, run, run, "TASK_EXECUTION_PHASE_SUCCEEDED")).toEqual(same);
});

test("what lives in an environment at rest is drift again once this run has started that, and in no other run", () => {
  const memory = createMemory();
  const inputs = withPhase("RUNNING");
  const outputs = { environmentId: id, spec: {}, status: { phase: "SERVICE_PHASE_STOPPED" } };
  const state = { inputs, outputs, seen: { ready: true, hostRests: true } };
  memory.started.add(id);

  expect(diff(memory, service, state, inputs).unsettled).toBe(true);
  expect(diff(createMemory(), service, state, inputs).unsettled).toBe(false);
});

test("a replacement destroys what this run was told to discard, and in no other run", () => {
  const memory = createMemory();
  const outputs = { status: { content: { git: { totalChangedFiles: 2 } } } };
  const state = { inputs: {}, outputs, seen: { ready: true } };
  const elsewhere = { spec: { machine: { class: otherId } } };
  takeNote(memory, environment, id, { discardUnsavedWork: true });

  expect(diff(memory, environment, state, elsewhere, id).loss).toBeUndefined();
  expect(diff(createMemory(), environment, state, elsewhere, id).loss).toContain("2 changed files");
});

function withPhase(phase: string): JsonObject {
  return { ...web, spec: { ...web.spec, desiredPhase: `SERVICE_PHASE_${phase}` } };
}
