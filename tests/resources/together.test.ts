import { setImmediate } from "node:timers/promises";
import { clientIn, settleHome } from "../../bench/home";
import { type Inputs, type Kind, kinds, single } from "../../bench/kinds";
import { parentsOf } from "../../bench/resources";
import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { about } from "../../provider/client/watch";
import { read } from "../../provider/lifecycle/read";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import type { Operation } from "../../provider/model/operation";
import { findTogether } from "../../provider/reading/batch";
import * as resources from "../../provider/resources";
import {
  environment,
  group,
  groupMembership,
  project,
  roleAssignment,
  secret,
  task,
  taskExecution,
} from "../../provider/resources";
import { at, type JsonObject } from "../../provider/value/json";
import { callsDuring, created, createScene, ids, type Kept, removed, type Scene, sceneFor, updated } from "./scene";

const initializer = { specs: [{ contextUrl: { url: "https://example.com/shop" } }] };
const environmentClasses = [{ environmentClassId: ids.smallClass, order: 1 }];
const aProject = (i: number) => ({ name: `shop ${i}`, initializer });
const anEnvironment = (i: number) => ({ name: `dev ${i}`, spec: { machine: { class: ids.smallClass } } });
const aSecret = (i: number) => ({
  name: `KEY_${i}`,
  value: "one",
  apiOnly: true,
  scope: { organizationId: ids.organization },
});

/** What an engine does at the same time on a small machine. */
const parallel = 8;

/** Works on many things in their order, some at a time. */
async function each<T, R>(things: readonly T[], work: (thing: T, i: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = things.entries();
  const worker = async (): Promise<void> => {
    for (const [i, thing] of entries) results[i] = await work(thing, i);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}

const many = (
  scene: Scene,
  definition: Definition,
  count: number,
  inputs: (i: number) => JsonObject,
): Promise<Kept[]> => each([...Array(count).keys()], (i) => created(scene, definition, inputs(i)));

/** Makes many objects of a kind that differ, and what they live in. */
async function manyOf(scene: Scene, kind: Kind, count: number): Promise<Kept[]> {
  const home = await settleHome(scene.emulator, parentsOf(kind, count));
  const inputs: Inputs = kinds[kind];
  return many(scene, definitionOf(kind), count, (i) => inputs(i, "first", home));
}

const everyDefinition: readonly Definition[] = Object.values(resources);

const definitionOf = (kind: Kind): Definition => everyDefinition.find((each) => kindName(each) === kind)!;

/** Reads objects as a refresh in a process of its own does, and returns how many calls that takes. */
async function callsOfRefresh(
  scene: Scene,
  definition: Definition,
  all: readonly Kept[],
  overrides: Partial<Operation> = {},
) {
  scene.restart();
  const counts = await callsDuring(scene, () =>
    each(all, async (kept) => {
      const state = await read(definition, scene.operation(overrides), kept.id, kept.state);
      expect(state?.inputs).toEqual(kept.state.inputs);
    }),
  );
  return { total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts };
}

test("a refresh of a thousand projects takes few calls", async () => {
  const scene = createScene();
  const all = await many(scene, project, 1000, aProject);

  const { total } = await callsOfRefresh(scene, project, all);

  expect(total).toBeLessThanOrEqual(45);
});

test("a refresh of a few projects among many takes one look at the others", async () => {
  const scene = createScene();
  const all = await many(scene, project, 1000, aProject);

  const { counts, total } = await callsOfRefresh(scene, project, all.slice(-20));

  expect(total).toBeLessThanOrEqual(25);
  expect(counts["ProjectService/GetProject"] ?? 0).toBeLessThanOrEqual(5);
});

test("a few objects of a kind are read one by one, and in a refresh of a large stack all but the first by one list", async () => {
  const scene = createScene();
  const others = await many(scene, group, 100, (i) => ({ organizationId: ids.organization, name: `team ${i}` }));
  const all = await many(scene, project, 4, aProject);
  const readInTurn = async (): Promise<void> => {
    for (const { id, state } of all) await read(project, scene.operation(), id, state);
  };

  scene.restart();
  const alone = await callsDuring(scene, readInTurn);
  scene.restart();
  await each(others, ({ id, state }) => read(group, scene.operation(), id, state));
  const amongMany = await callsDuring(scene, readInTurn);

  expect(alone).toEqual({ "ProjectService/GetProject": 4 });
  expect(amongMany).toEqual({ "ProjectService/GetProject": 1, "ProjectService/ListProjects": 1 });
});

test("a refresh of environments, which cannot be listed by id, takes few calls where they are most of what there is, and at worst a few more than one each", async () => {
  const scene = createScene();
  const all = await many(scene, environment, 500, anEnvironment);

  const most = await callsOfRefresh(scene, environment, all);
  const few = await callsOfRefresh(scene, environment, all.slice(-20));
  const scattered = await callsOfRefresh(
    scene,
    environment,
    all.filter((_, i) => i % 3 === 0),
  );

  expect(most.total).toBeLessThanOrEqual(30);
  expect(few.counts).toEqual({ "EnvironmentService/ListEnvironments": 1, "EnvironmentService/GetEnvironment": 20 });
  expect(scattered.total).toBeLessThanOrEqual(Math.ceil(500 / 3) * 1.05);
});

test("a refresh of secrets, which only a list shows, lists their scope once", async () => {
  const scene = createScene();
  const all = await many(scene, secret, 250, aSecret);

  const { counts } = await callsOfRefresh(scene, secret, all);

  expect(counts).toEqual({ "SecretService/ListSecrets": 3 });
});

test("a hundred projects with classes are created with two calls each, their listing and their reads together", async () => {
  const scene = createScene();
  // A call takes some turns of the event loop, as on any way to a server.
  const turns = async () => {
    for (let i = 0; i < 10; i++) await setImmediate();
  };
  scene.emulator.admin.onCall(turns);

  const counts = await callsDuring(scene, () =>
    many(scene, project, 100, (i) => ({ ...aProject(i), environmentClasses })),
  );

  expect(counts).toMatchObject({
    "IdentityService/GetAuthenticatedIdentity": 1,
    "ProjectService/CreateProject": 100,
    "ProjectService/UpdateProjectEnvironmentClasses": 100,
  });
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(250);
});

test("what a page does not show is read by itself, and is gone only then", async () => {
  const scene = createScene();
  const all = await many(scene, project, 30, aProject);
  const [first, other] = all;
  scene.emulator.admin.remove("projects", first!.id);
  scene.emulator.admin.patch("projects", other!.id, { desiredPhase: "PROJECT_PHASE_DELETED" });
  scene.restart();

  const states = await each(all, ({ id, state }) => read(project, scene.operation(), id, state));

  expect(states.map((state) => state !== undefined)).toEqual(all.map((_, i) => i > 1));
  // A read may lag behind a create, so that what is young is looked for four times.
  expect(scene.emulator.calls()).toMatchObject({ "ProjectService/GetProject": 2 * 4 });
});

test("a list that is refused costs nobody his read", async () => {
  const scene = createScene();
  const all = await many(scene, project, 10, aProject);
  const fault = { method: "ProjectService/ListProjects", refuse: { code: "permission_denied" as const }, times: 1000 };
  scene.emulator.admin.fault(fault);

  const { counts } = await callsOfRefresh(scene, project, all);

  expect(counts).toMatchObject({ "ProjectService/GetProject": 10 });
});

test("what is read by itself after a list is read in the name of its own resource, and the list in that of the first", async () => {
  const scene = createScene();
  const all = await many(scene, project, 2, aProject);
  scene.restart();
  const asked: unknown[] = [];
  scene.emulator.admin.fault({
    method: "ProjectService/ListProjects",
    refuse: { code: "permission_denied" },
    times: 9,
  });
  scene.emulator.admin.onCall((method, moment) => {
    if (moment === "before") asked.push([method, about.getStore()]);
  });

  await Promise.all(all.map(({ id }, i) => about.run(`shop ${i}`, () => findTogether(project, scene.operation(), id))));

  expect(asked).toEqual([
    ["ProjectService/ListProjects", "shop 0"],
    ["ProjectService/GetProject", "shop 0"],
    ["ProjectService/GetProject", "shop 1"],
  ]);
});

test("no read is served from a page that was fetched before a write", async () => {
  const scene = createScene();
  const all = await many(scene, project, 30, aProject);
  scene.restart();
  await each(all.slice(0, 10), ({ id, state }) => read(project, scene.operation(), id, state));
  const last = all.at(-1)!;
  scene.emulator.admin.patch("projects", last.id, { metadata: { name: "by hand" } });

  const before = await read(project, scene.operation(), all[20]!.id, all[20]!.state);
  await updated(scene, project, all[0]!, { ...aProject(0), name: "by program" });
  const after = await read(project, scene.operation(), last.id, last.state);

  expect(before?.inputs.name).toBe("shop 20");
  expect(after?.inputs.name).toBe("by hand");
});

test("a page is good for one read and for a few seconds", async () => {
  const scene = createScene();
  const all = await many(scene, project, 30, aProject);
  scene.restart();
  let now = Date.now();
  const operation = scene.operation({ clock: { ...scene.operation().clock, now: () => now } });
  const nameOf = async ({ id, state }: Kept) => at((await read(project, operation, id, state))?.inputs ?? {}, ["name"]);
  await each(all.slice(0, 10), nameOf);
  for (const { id } of all) scene.emulator.admin.patch("projects", id, { metadata: { name: "by hand" } });

  const soon = await nameOf(all[20]!);
  const again = await nameOf(all[20]!);
  now += 5000;
  const late = await nameOf(all[21]!);

  expect([soon, again, late]).toEqual(["shop 20", "by hand", "by hand"]);
});

test("reads that come together are answered together, and each by what is then", async () => {
  const scene = createScene();
  const all = await many(scene, project, 10, aProject);
  await updated(scene, project, all[0]!, { ...aProject(0), name: "shop" });
  const reading = () => Promise.all(all.map(({ id, state }) => read(project, scene.operation(), id, state)));

  const calls = await callsDuring(scene, reading);
  for (const { id } of all) scene.emulator.admin.patch("projects", id, { metadata: { name: "by hand" } });
  const names = (await reading()).map((state) => state?.inputs.name);

  expect(calls).toEqual({ "ProjectService/ListProjects": 1 });
  expect(names).toEqual(all.map(() => "by hand"));
});

/** The same objects, those of different parents in turn. */
const inTurns = (all: readonly Kept[]): Kept[] =>
  all.map((_, i) => all[(i % 20) * (all.length / 20) + Math.floor(i / 20)]!);

test.each<Kind>(["ServiceAccountToken", "HostAuthenticationToken"])(
  "a refresh of a thousand objects of the kind %s, in the names of twenty accounts, makes a token for each and lists what it has once, in any order",
  async (kind) => {
    const scene = createScene();
    const all = await manyOf(scene, kind, 1000);
    const { list, as } = definitionOf(kind);
    const [lists, mints] = [list, as?.mint].map((method) => `${method?.parent.name}/${method?.name}`);

    const oneByOne = await callsOfRefresh(scene, definitionOf(kind), all);
    const inTurn = await callsOfRefresh(scene, definitionOf(kind), inTurns(all));

    const counts = { [lists!]: 20, [mints!]: 20 };
    expect([oneByOne.counts, inTurn.counts]).toEqual([counts, counts]);
  },
);

test.each<[Kind, string]>([
  ["GroupMembership", "GroupService/ListMemberships"],
  ["RoleAssignment", "GroupService/ListRoleAssignments"],
  ["TeamMember", "TeamService/ListTeamMembers"],
])(
  "a refresh of a thousand objects of the kind %s lists their twenty parents once each, in any order",
  async (kind, list) => {
    const scene = createScene();
    const all = await manyOf(scene, kind, 1000);

    const oneByOne = await callsOfRefresh(scene, definitionOf(kind), all);
    const inTurn = await callsOfRefresh(scene, definitionOf(kind), inTurns(all));

    expect([oneByOne.counts, inTurn.counts]).toEqual([{ [list]: 20 }, { [list]: 20 }]);
  },
);

/** Counts of calls by the name of the method, without those that ask whose the token is. */
const byName = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([method, count]): [string, number] => [method.replace(/.*\//, ""), count])
      .filter(([name]) => !name.startsWith("GetAuthenticated")),
  );

const listed = everyDefinition.flatMap((each) => (each.list ? [kindName(each) as Kind] : []));

test.each(listed)("a refresh of thirty objects of the kind %s takes one list", async (kind) => {
  const definition = definitionOf(kind);
  const scene = sceneFor(definition);
  const all = await manyOf(scene, kind, 30);

  const { counts } = await callsOfRefresh(scene, definition, all);

  const { list, as } = definition;
  const methods = [list!, ...(as ? [as.mint] : [])];
  expect(byName(counts)).toEqual(Object.fromEntries(methods.map(({ name }) => [name, 1])));
});

const unlisted = everyDefinition.flatMap((each) => (each.list || each.composed ? [] : [kindName(each) as Kind]));

test.each(unlisted.filter((kind) => !single.has(kind)))(
  "a refresh of thirty objects of the kind %s, which the API does not list, reads each once",
  async (kind) => {
    const definition = definitionOf(kind);
    const scene = sceneFor(definition);
    const all = await manyOf(scene, kind, 30);

    const { counts } = await callsOfRefresh(scene, definition, all);

    expect(byName(counts)).toEqual({ [definition.get!.name]: 30 });
  },
);

test("where too many others are listed, a refresh lists those of the same parent", async () => {
  const scene = createScene();
  const { projectId: _, ...home } = await settleHome(scene.emulator);
  const { startTask } = EnvironmentAutomationService.method;
  const other = await created(scene, task, {
    environmentId: home.environmentId,
    metadata: { reference: "other", name: "Other" },
    spec: { command: "true" },
  });
  const all = await many(scene, taskExecution, 30, (i) => ({ taskId: other.id, triggers: { number: String(i) } }));
  for (let i = 0; i < 300; i++) await clientIn(scene.emulator).call(startTask, { id: home.taskId });

  const { counts } = await callsOfRefresh(scene, taskExecution, all);

  expect(counts).toEqual({ "EnvironmentAutomationService/ListTaskExecutions": 2 });
});

test("reads that come together list a large parent no further than they would cost by themselves", async () => {
  const scene = createScene();
  const home = await settleHome(scene.emulator, { groups: 1, users: 400 });
  const groupId = home.groups[0]!;
  const all = await many(scene, groupMembership, 400, (i) => ({
    groupId,
    subject: { principal: "PRINCIPAL_USER", id: home.users[i]! },
  }));
  const late = [all[0]!, all[398]!, all[399]!, all[397]!];

  const calls = await callsDuring(scene, () =>
    Promise.all(late.map(({ id, state }) => read(groupMembership, scene.operation(), id, state))),
  );

  expect(calls).toEqual({ "GroupService/ListMemberships": 3, "GroupService/GetMembership": 3 });
});

test("roles that are made or taken away together look for what is there together", async () => {
  const scene = createScene();
  const all = await manyOf(scene, "RoleAssignment", 50);
  const inputs = all.map(({ state }) => state.inputs);

  const deletes = await callsDuring(scene, () => Promise.all(all.map((kept) => removed(scene, roleAssignment, kept))));
  const creates = await callsDuring(scene, () =>
    Promise.all(inputs.map((each) => created(scene, roleAssignment, each))),
  );

  expect(deletes).toEqual({ "GroupService/ListRoleAssignments": 1, "GroupService/DeleteRoleAssignment": 50 });
  expect(creates).toEqual({ "GroupService/ListRoleAssignments": 1, "GroupService/CreateRoleAssignment": 50 });
});

test("a role that follows from another one stands for none that a program gives", async () => {
  const scene = createScene();
  const all = await manyOf(scene, "RoleAssignment", 10);
  const { groupId } = all[0]!.state.inputs;
  await created(scene, roleAssignment, {
    groupId: groupId!,
    resourceType: "RESOURCE_TYPE_ORGANIZATION",
    resourceId: ids.organization,
    resourceRole: "RESOURCE_ROLE_ORG_PROJECTS_ADMIN",
  });

  const { counts } = await callsOfRefresh(scene, roleAssignment, all);
  const together = await callsDuring(scene, () =>
    Promise.all(all.map(({ id, state }) => findTogether(roleAssignment, scene.operation(), id, state))),
  );
  const given = scene.emulator.admin.objects("roleAssignments") as { id: string; resourceType: string }[];
  for (const { id, resourceType } of given)
    if (resourceType === "RESOURCE_TYPE_PROJECT") scene.emulator.admin.remove("roleAssignments", id);
  const states = await Promise.all(all.map(({ id, state }) => read(roleAssignment, scene.operation(), id, state)));

  expect(counts).toEqual({ "GroupService/ListRoleAssignments": 1 });
  expect(together).toEqual({ "GroupService/ListRoleAssignments": 1 });
  expect(states).toEqual(all.map(() => undefined));
});

test.each<[Kind, string]>([
  ["GroupMembership", "GroupService/ListMemberships"],
  ["Workflow", "WorkflowService/ListWorkflows"],
])("a refresh that goes on for longer than pages are good lists the kind %s again", async (kind, list) => {
  const scene = createScene();
  const all = await manyOf(scene, kind, 50);
  scene.restart();
  let now = Date.now();
  const operation = scene.operation({ clock: { ...scene.operation().clock, now: () => now } });
  const reading = (some: readonly Kept[]) =>
    each(some, ({ id, state }) => read(definitionOf(kind), operation, id, state));

  const calls = await callsDuring(scene, async () => {
    await reading(all.slice(0, 25));
    now += 6000;
    await reading(all.slice(25));
  });

  expect(calls).toEqual({ [list]: 2 });
});
