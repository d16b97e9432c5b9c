import { setImmediate } from "node:timers/promises";
import type { Inventory } from "../../adopt/inventory";
import { titleOf } from "../../adopt/read/kinds";
import type { Progress } from "../../adopt/read/reader";
import { createScene } from "../resources/scene";
import { makeAll, makeGroups, readCounted, textOf } from "./read-scene";

const whole = 100;

test("each list is read once, in whole pages, and one for each object only where no list has them all", async () => {
  const { emulator } = createScene();
  await makeGroups(emulator, 430);
  const kinds = ["Group", "GroupMembership", "RoleAssignment", "Project", "Environment", "Service", "Task"];

  const { inventory, calls } = await readCounted(emulator, { kinds });

  expect(inventory.objects.filter(({ definition }) => titleOf(definition) === "Group")).toHaveLength(430);
  expect(calls).toEqual({
    "IdentityService/GetAuthenticatedIdentity": 1,
    "GroupService/ListGroups": Math.ceil(431 / whole),
    "GroupService/ListMemberships": 430,
    "GroupService/ListRoleAssignments": 1,
    "ProjectService/ListProjects": 1,
    "EnvironmentService/ListEnvironments": 1,
    "EnvironmentAutomationService/ListServices": 1,
    "EnvironmentAutomationService/ListTasks": 1,
  });
});

test("5,000 objects take as many calls as they have pages", async () => {
  const { emulator } = createScene();
  await makeGroups(emulator, 5000);

  const { inventory, calls } = await readCounted(emulator, { kinds: ["Group", "RoleAssignment", "Prompt", "Runner"] });

  expect(inventory.objects).toHaveLength(5000);
  expect(calls).toEqual({
    "IdentityService/GetAuthenticatedIdentity": 1,
    "GroupService/ListGroups": 51,
    "GroupService/ListRoleAssignments": 1,
    "AgentService/ListPrompts": 1,
    "RunnerService/ListRunners": 1,
  });
});

test("no more than eight calls are under way at once", async () => {
  const scene = createScene();
  await makeAll(scene);
  let [running, most] = [0, 0];
  scene.emulator.admin.onCall(async (_, moment) => {
    running += moment === "before" ? 1 : -1;
    most = Math.max(most, running);
    for (let i = 0; i < 20; i++) await setImmediate();
  });

  await readCounted(scene.emulator);

  expect(most).toBe(8);
});

test("what comes first does not depend on which answer comes first", async () => {
  const scene = createScene();
  await makeAll(scene);
  const { inventory: first } = await readCounted(scene.emulator);
  let turns = 40;
  scene.emulator.admin.onCall(async (_, moment) => {
    turns = (turns * 7) % 41;
    for (let i = turns; i > 0 && moment === "after"; i--) await setImmediate();
  });

  const { inventory: second } = await readCounted(scene.emulator);

  expect(textOf(second)).toBe(textOf(first));
  const keysOf = ({ objects }: Inventory, kind: string) =>
    objects.flatMap(({ definition, name, id }) => (titleOf(definition) === kind ? [`${name} ${id}`] : []));
  for (const kind of ["Project", "Group", "TeamMember", "Secret"])
    expect(keysOf(second, kind)).toEqual(keysOf(second, kind).sort());
});

test("it is told how far each kind is, as its lists begin and end", async () => {
  const { emulator } = createScene();
  await makeGroups(emulator, 2);
  const told: Progress[] = [];

  await readCounted(emulator, { kinds: ["Group", "GroupMembership"], progress: (progress) => told.push(progress) });

  expect(told).toEqual([
    { kind: "Group", done: 0, total: 1, objects: 0 },
    { kind: "Group", done: 1, total: 1, objects: 3 },
    { kind: "GroupMembership", done: 0, total: 2, objects: 0 },
    { kind: "GroupMembership", done: 1, total: 2, objects: 0 },
    { kind: "GroupMembership", done: 2, total: 2, objects: 0 },
  ]);
});
