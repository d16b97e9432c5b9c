import { environment, service } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { afterAsking, afterCreate, judge, type Request } from "../../provider/waiting/next-step";

const goal = { phase: "SERVICE_PHASE_RUNNING", isUnsure: false };

const web = (phase: string, status: JsonObject = {}): JsonObject => ({
  status: { phase: `SERVICE_PHASE_${phase}`, statusVersion: "7", ...status },
});

const none: Request = { stands: "none" };
const begun: Request = { stands: "begun" };
const created = (hasLeft: boolean): Request => ({ stands: "created", hasLeft });
const asked = (hasLeft: boolean): Request => ({ stands: "asked", version: 7n, hasLeft });

const broken = { failureMessage: "the command exited with code 3" };
const newer = { ...broken, statusVersion: "8" };

test.each<[string, Request, JsonObject, string]>([
  ["an object that was not asked is asked", none, web("STOPPED"), "ask"],
  ["an old failure is no answer to a request that nobody has made", none, web("FAILED", broken), "ask"],
  ["an object that its create left at rest is asked", created(false), web("STOPPED"), "ask"],
  ["any failure of a new object is newer than its create", created(false), web("STOPPED", broken), "fail"],
  ["a new object that has left its rest and comes to another one has failed", created(true), web("STOPPED"), "fail"],
  ["an object that somebody else has stopped on its way is asked", begun, web("STOPPED"), "ask"],
  ["an object that was on its way and shows a failure has failed", begun, web("STOPPED", broken), "fail"],
  ["an object that was asked may not have moved yet", asked(false), web("STOPPED"), "wait"],
  ["a failure from before the request says nothing about it", asked(false), web("FAILED", broken), "wait"],
  ["a failure that is newer than the request has failed it", asked(false), web("FAILED", newer), "fail"],
  ["an object that has left its rest and comes to another one has failed", asked(true), web("STOPPED"), "fail"],
  ["an object that is there has arrived, however it came there", asked(false), web("RUNNING", newer), "arrived"],
])("%s", (_says, request, remote, next) => {
  expect(judge(service, goal, request, remote)).toEqual({ next, request });
});

test("what a create has begun and has failed on its way has not come to rest, although it shall rest", () => {
  const halted = (status: JsonObject): JsonObject => ({ status: { phase: "ENVIRONMENT_PHASE_STOPPED", ...status } });
  const failed = halted({ failureMessage: ["the content could not be fetched"] });
  const next = (request: Request, remote: JsonObject) =>
    judge(environment, { phase: "ENVIRONMENT_PHASE_STOPPED", isUnsure: false }, request, remote).next;

  expect([next(begun, halted({})), next(begun, failed), next(none, failed), next(asked(false), failed)]).toEqual([
    "arrived",
    "fail",
    "arrived",
    "arrived",
  ]);
});

test.each<[Request, Request]>([
  [none, none],
  [begun, begun],
  [created(false), created(true)],
  [asked(false), asked(true)],
])("of an object on its way a request %p becomes %p", (request, then) => {
  expect(judge(service, goal, request, web("STARTING"))).toEqual({ next: "wait", request: then });
  expect(judge(service, goal, request, web("HIBERNATING"))).toEqual({ next: "wait", request: then });
});

test("what gets to its phase by itself is not asked", () => {
  const unreachable = { ...goal, phase: "SERVICE_PHASE_DELETED" };

  expect(judge(service, unreachable, none, web("STOPPED"))).toEqual({ next: "fail", request: none });
});

test("an object that an interrupted run has asked for another phase is only passing this one", () => {
  const leaving = { ...web("RUNNING"), spec: { desiredPhase: "SERVICE_PHASE_STOPPED" } };

  const next = [{ stands: "unknown" } as const, none, asked(false)].map(
    (request) => judge(service, goal, request, leaving).next,
  );

  expect(next).toEqual(["passing", "arrived", "arrived"]);
});

test("an environment whose new settings its runner has not confirmed may still leave its phase", () => {
  const running = (confirmed: string): JsonObject => ({
    spec: { specVersion: "10" },
    status: { phase: "ENVIRONMENT_PHASE_RUNNING", runnerAck: { specVersion: confirmed } },
  });
  const next = (isUnsure: boolean, confirmed: string) =>
    judge(environment, { phase: "ENVIRONMENT_PHASE_RUNNING", isUnsure }, none, running(confirmed)).next;

  expect([next(true, "9"), next(true, "10"), next(false, "9")]).toEqual(["wait", "arrived", "arrived"]);
});

test("a create leaves an object at rest or sets it in motion, and a request remembers the version", () => {
  expect(afterCreate(service, web("STOPPED"))).toEqual(created(false));
  expect(afterCreate(service, web("STARTING"))).toEqual(begun);
  expect(afterAsking(service, web("STOPPED"))).toEqual(asked(false));
  expect(afterAsking(service, { status: { phase: "SERVICE_PHASE_STOPPED" } })).toEqual({
    ...asked(false),
    version: 0n,
  });
});
