import { type EmulatorOptions, ids } from "../../emulator";
import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { ResourceOperation, ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { check } from "../../provider/check/check";
import type { Client } from "../../provider/client/client";
import { create } from "../../provider/lifecycle/create";
import type { Definition } from "../../provider/model/definition";
import type { Operation } from "../../provider/model/operation";
import { environment } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { type Scene as Base, createScene as setScene } from "../scene";
import { createTimeline, quiet, type Timeline } from "../timeline";

/** A scene that moves when the test says so, and a clock that does. */
export interface Scene extends Base {
  readonly time: Timeline;
  readonly client: Client;
  /** How often a method has been called. */
  calls(method: string): number;
}

/** The methods that a wait calls. */
export const reads = "EnvironmentService/GetEnvironment";
export const serviceReads = "EnvironmentAutomationService/GetService";
export const watches = "EventService/WatchEvents";

/** Sets a scene. */
export function createScene(options: EmulatorOptions = { pace: "manual" }): Scene {
  const time = createTimeline();
  const scene = setScene({ ...options, clock: time });
  const calls = (method: string): number => scene.emulator.calls()[method] ?? 0;
  return { ...scene, time, client: scene.operation().client, calls };
}

/** The end of work, once it has ended. */
export interface Ending {
  readonly work: Promise<unknown>;
  /** Undefined while the work goes on. */
  outcome: "done" | Error | undefined;
}

/** Follows work without waiting for it. */
export function follow(work: Promise<unknown>): Ending {
  const ending: Ending = { work: work.catch(() => undefined), outcome: undefined };
  work.then(
    () => {
      ending.outcome = "done";
    },
    (error: Error) => {
      ending.outcome = error;
    },
  );
  return ending;
}

/** Begins to create an object. */
export const creating = (
  scene: Scene,
  definition: Definition,
  inputs: JsonObject,
  overrides: Partial<Operation> = {},
): Ending => follow(create(definition, scene.operation(overrides), check(definition, inputs).inputs));

/** Creates an environment that runs, and returns its id. */
export async function runningEnvironment(scene: Scene): Promise<string> {
  const ending = creating(scene, environment, dev);
  await moveUntil(scene, ending);
  scene.emulator.settle();
  return firstId(scene, "environments");
}

/** Moves the world a step a second until work has ended. */
export async function moveUntil({ emulator, time }: Scene, ending: Ending, most = 60): Promise<void> {
  for (let second = 0; ending.outcome === undefined && second < most; second++) {
    await time.pass(1000);
    emulator.step();
  }
  await time.pass(0);
}

/** Waits for the next read of a service outside of a wait, which may gather others for some real milliseconds. */
export async function readAgain(scene: Scene): Promise<void> {
  const before = scene.calls(serviceReads);
  for (let turns = 0; scene.calls(serviceReads) === before && turns < 1000; turns++) await quiet();
}

/** Moves the world these many steps, with all reads done after each. */
export async function move({ emulator, time }: Scene, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    emulator.step();
    await time.pass(1500);
  }
}

/** Holds up the next streams of events until they are let in. */
export function holdStreams({ emulator }: Scene): () => void {
  const held: (() => void)[] = [];
  const release = emulator.admin.onCall((method, moment) =>
    method === watches && moment === "before" ? new Promise((resolve) => held.push(resolve)) : undefined,
  );
  return () => {
    release();
    for (const letIn of held) letIn();
  };
}

/** Sends an event of an object that nobody has asked for, which is how the emulator begins to answer a stream. */
export const sendStrangeEvent = ({ emulator }: Scene): void =>
  emulator.admin.sendEvent({
    operation: 99 as ResourceOperation,
    resourceType: 999 as ResourceType,
    resourceId: "01a1fd47-0000-7000-8000-000000000000",
  });

/** The phases of all objects of a kind, short. */
export const phasesOf = ({ emulator }: Scene, table: "environments" | "services" | "taskExecutions"): string[] =>
  (emulator.admin.objects(table) as { status: { phase: string } }[]).map(({ status }) =>
    String(status.phase).replace(/^.*_PHASE_/, ""),
  );

/** The id of the first object of a kind. */
export const firstId = ({ emulator }: Scene, table: "environments" | "services" | "taskExecutions"): string =>
  (emulator.admin.objects(table) as { id: string }[])[0]!.id;

/** What is left of waits that have ended: sleeps, and streams that the server still serves. */
export async function leftovers({ emulator, time }: Scene): Promise<{ sleeps: number; streams: number }> {
  await quiet();
  return { sleeps: time.pending(), streams: emulator.admin.streams() };
}

export const nothing = { sleeps: 0, streams: 0 };

/** Adds a task to an environment, and returns its id. */
export async function addTask({ client }: Scene, environmentId: string, command: string): Promise<string> {
  const metadata = { reference: "seed", name: "Seed" };
  const method = EnvironmentAutomationService.method.createTask;
  const { task } = await client.call(method, { environmentId, metadata, spec: { command } });
  return task!.id;
}

/** An environment with nothing special. */
export const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };

/** A service of an environment. */
export const web = (environmentId: string, start = "sleep infinity", more: JsonObject = {}): JsonObject => ({
  environmentId,
  metadata: { reference: "web", name: "Web" },
  spec: { desiredPhase: "RUNNING", commands: { start, ...more } },
});
