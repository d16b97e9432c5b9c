import { ids, tokens } from "../../emulator";
import {
  ResourceOperation as Operation,
  ResourceType as Type,
  type WatchEventsResponse,
} from "../../proto/gen/gitpod/v1/event_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { open, refusal, small } from "./open";

type World = ReturnType<typeof open>;

/** Watches until the given act is over, and returns what was heard. */
async function hear(world: World, request: object, act: () => Promise<void>, token: string = tokens.owner) {
  const heard: WatchEventsResponse[] = [];
  const stop = new AbortController();
  const done = (async () => {
    for await (const event of world.as(token).events.watchEvents(request, { signal: stop.signal })) {
      heard.push(event);
    }
  })().catch(() => undefined);
  await untilOpen(world, 1);
  await act();
  await quiet();
  stop.abort();
  await done;
  return heard.map(({ operation, resourceType }) => `${Operation[operation]} ${Type[resourceType]}`);
}

async function untilOpen(world: World, count: number) {
  while (world.emulator.admin.streams() < count) {
    await quiet();
  }
}

function quiet() {
  return new Promise((resolve) => setImmediate(resolve));
}

test("the organization hears of environments and projects, not of what is inside environments", async () => {
  const world = open();
  const environmentId = await world.settled();
  const id = await world.addService(environmentId, "sleep infinity");

  const heard = await hear(world, { scope: { case: "organization", value: true } }, async () => {
    await world.addProject();
    await world.automations.startService({ id });
    world.emulator.settle();
    await world.environments.updateEnvironment({ environmentId, metadata: { name: "other" } });
    world.emulator.settle();
  });

  expect(heard).toEqual(["CREATE PROJECT", "UPDATE ENVIRONMENT", "UPDATE_STATUS ENVIRONMENT"]);
});

test("what governs the organization is told of by its type, and teams and budgets tell nothing", async () => {
  const world = open();
  const organizationId = ids.organization;
  const { group } = await world.groups.createGroup({ organizationId, name: "Developers" });

  const heard = await hear(world, { scope: { case: "organization", value: true } }, async () => {
    await world.teams.createTeam({ organizationId, name: "Shop" });
    const subject = { id: ids.colleague, principal: Principal.USER };
    await world.groups.createMembership({ groupId: group?.id ?? "", subject });
    await world.agents.createPrompt({ name: "Review", description: "reads", prompt: "Read." });
    await world.groups.deleteGroup({ groupId: group?.id ?? "" });
  });

  expect(heard).toEqual([
    "CREATE GROUP_MEMBERSHIP_CHANGED",
    "CREATE PROMPT",
    "DELETE GROUP_MEMBERSHIP_CHANGED",
    "DELETE GROUP",
  ]);
});

test("an environment tells its own changes and those of its services, tasks and executions", async () => {
  const world = open();
  const environmentId = await world.settled();
  const other = await world.settled();

  const heard = await hear(world, { scope: { case: "environmentId", value: environmentId } }, async () => {
    await world.addService(other, "true");
    const id = await world.addTask(environmentId, "true");
    await world.automations.startTask({ id });
    world.emulator.settle();
    await world.addProject();
    await world.environments.stopEnvironment({ environmentId });
  });

  expect(heard).toEqual([
    "CREATE TASK",
    "CREATE TASK_EXECUTION",
    "UPDATE_STATUS TASK_EXECUTION",
    "UPDATE_STATUS TASK_EXECUTION",
    "UPDATE ENVIRONMENT",
  ]);
});

test("a stream without scope is one of the organization, and tells nothing from before", async () => {
  const world = open();
  await world.addProject();

  const heard = await hear(world, {}, async () => {
    await world.addProject();
  });

  expect(heard).toEqual(["CREATE PROJECT"]);
});

test("filters keep types, ids and creators, and creators do not apply to deletions", async () => {
  const world = open();
  const wanted = await world.settled();
  const unwanted = await world.settled();
  const filter = (more: object) => ({ resourceTypeFilters: [{ resourceType: Type.ENVIRONMENT, ...more }] });
  const act = async () => {
    await world.addProject();
    for (const environmentId of [wanted, unwanted]) {
      await world.environments.updateEnvironment({ environmentId, metadata: { name: "x" } });
    }
  };
  const byId = await hear(world, filter({ resourceIds: [wanted] }), act);
  const byCreator = await hear(world, filter({ creatorIds: [ids.colleague] }), async () => {
    await act();
    await world.environments.deleteEnvironment({ environmentId: unwanted, force: true });
  });

  expect(byId).toEqual(["UPDATE ENVIRONMENT"]);
  expect(byCreator).toEqual(["DELETE ENVIRONMENT"]);
});

test("filters with the scope of an environment are refused", async () => {
  const world = open();
  const scope = { case: "environmentId" as const, value: await world.settled() };
  const first = async () => {
    for await (const _ of world.events.watchEvents({ scope, resourceTypeFilters: [{ resourceType: Type.SERVICE }] })) {
      return;
    }
  };

  expect(await refusal(first())).toEqual([
    "InvalidArgument",
    "resource_type_filters: only the organization scope accepts filters",
  ]);
});

test("an organization hears of the environments that its lists show, and of no other organization", async () => {
  const world = open();
  const act = async () => {
    await world.environments.createEnvironment({ spec: small });
    await world.addProject();
  };

  expect(await hear(world, {}, act, tokens.stranger)).toEqual([]);
  expect(await hear(world, {}, act, tokens.colleague)).toEqual(["CREATE ENVIRONMENT", "CREATE PROJECT"]);
});

test.each([
  ["clean", [undefined, "the call succeeded"]],
  ["error", ["Unavailable", "the stream has ended"]],
  ["connection", ["Aborted", "the connection was cut"]],
] as const)("the server can end its streams: %s", async (end, outcome) => {
  const world = open();
  const all = async () => {
    for await (const _ of world.events.watchEvents({})) {
      // Only the end counts.
    }
  };
  const watched = refusal(all());
  await untilOpen(world, 1);

  const count = world.emulator.admin.cutStreams(end);

  expect([count, await watched]).toEqual([1, outcome]);
  expect(world.emulator.admin.streams()).toBe(0);
});

test("events that nothing has caused can be sent", async () => {
  const world = open();

  const heard = await hear(world, {}, async () => {
    const event = { operation: Operation.UPDATE, resourceType: 999, resourceId: ids.owner };
    world.emulator.admin.sendEvent(event);
  });

  expect(heard).toEqual(["UPDATE undefined"]);
});
