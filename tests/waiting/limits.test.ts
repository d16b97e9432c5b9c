import { toJson } from "@bufbuild/protobuf";
import { classicIds, classicTokens, createEmulator } from "../../emulator";
import {
  WorkspaceInstanceStatus_Phase as Phase,
  WorkspaceSchema,
  WorkspacesService,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { defineResource } from "../../provider/model/definition";
import type { JsonObject } from "../../provider/value/json";
import { afterCreate } from "../../provider/waiting/next-step";
import { reachPhase } from "../../provider/waiting/reach-phase";
import { operationOn } from "../scene";
import { createTimeline } from "../timeline";
import { follow } from "./scene";

const workspaces = WorkspacesService.method;
const reads = "WorkspacesService/GetWorkspace";

/** What is read by a call of its own each time, and tells of no changes. */
const machine = defineResource({
  module: "experimental",
  kind: "Machine",
  create: workspaces.startWorkspace,
  delete: workspaces.deleteWorkspace,
  async find({ client }, id) {
    const { result } = await client.call(workspaces.getWorkspace, { workspaceId: id });
    return result && (toJson(WorkspaceSchema, result) as JsonObject);
  },
  phase: {
    at: "status.instance.status.phase",
    targets: { PHASE_RUNNING: workspaces.startWorkspace, PHASE_STOPPED: workspaces.stopWorkspace },
  },
});

/** Forty workspaces on their way up, of a user whose calls are limited. */
async function settleFleet() {
  const time = createTimeline();
  const emulator = createEmulator({ now: time.now, limits: true });
  const client = createClient(emulator.transport(classicTokens.owner), {
    host: "https://emulator.test",
    api: apis.experimental,
  });
  const made: string[] = [];
  for (let number = 0; number < 40; number++) {
    const { workspaceId } = await client.call(workspaces.createAndStartWorkspace, {
      contextUrl: `https://github.com/acme/shop-${number}`,
      organizationId: classicIds.team,
      startSpec: {},
    });
    made.push(workspaceId);
    await time.pass(5000);
  }
  await time.pass(60_000);
  const called: number[] = [];
  emulator.admin.onCall((_, moment) => {
    if (moment === "before") called.push(time.now());
  });
  return { time, emulator, client, made, called };
}

/** The most calls within any minute. */
const mostAMinute = (called: readonly number[]): number =>
  Math.max(...called.map((from) => called.filter((at) => at >= from && at < from + 60_000).length));

test("forty waits at once on Gitpod Classic stay below 200 calls in any minute, and end when the phase is reached", async () => {
  const { time, emulator, client, made, called } = await settleFleet();
  const operation = operationOn(client, time);
  const deadline = { began: time.now(), at: time.now() + 1_800_000, seconds: 1800 };

  const endings = made.map((id) => {
    const remote = { status: { instance: { status: { phase: Phase[Phase.PREPARING] } } } };
    const goal = { id, inputs: {}, remote, phase: "PHASE_RUNNING", request: afterCreate(machine, remote), deadline };
    return follow(reachPhase(machine, operation, goal));
  });
  await time.pass(150_000);
  const pending = new Set(endings.map(({ outcome }) => outcome));
  emulator.settle();
  await time.pass(24_000);

  expect([...pending]).toEqual([undefined]);
  expect(new Set(endings.map(({ outcome }) => outcome))).toEqual(new Set(["done"]));
  expect(called.length).toBeGreaterThan(40 * 5);
  expect(mostAMinute(called)).toBeLessThan(200);
  expect(emulator.calls()[reads]).toBe(called.length);
});
