import {
  type Environment,
  EnvironmentService,
  EnvironmentPhase as Phase,
} from "../../../proto/gen/gitpod/v1/environment_pb";
import { environment } from "../../../provider/resources/environment";
import { isObject, type JsonObject } from "../../../provider/value/json";
import type { Bench } from "../../bench";

const { getEnvironment, listEnvironmentClasses, stopEnvironment } = EnvironmentService.method;

/** Asks for an environment of the class that was named, else of the first one; returns its id. */
export async function askForEnvironment(bench: Bench, request: JsonObject = {}): Promise<string> {
  const spec = isObject(request.spec) ? request.spec : {};
  const machine = { class: await classFor(bench) };
  const { id } = await bench.make(environment, { ...request, spec: { ...spec, machine } });
  return id;
}

/** Makes an environment, and returns its id when it runs. */
export async function runningEnvironment(bench: Bench, request: JsonObject = {}): Promise<string> {
  const id = await askForEnvironment(bench, request);
  await comeTo(bench, id, Phase.RUNNING);
  return id;
}

/** Makes an environment, and returns its id when it has run and stopped. */
export async function stoppedEnvironment(bench: Bench): Promise<string> {
  const id = await runningEnvironment(bench);
  await bench.call(stopEnvironment, { environmentId: id });
  await comeTo(bench, id, Phase.STOPPED);
  return id;
}

/** Returns an environment as it is. */
export async function readEnvironment(bench: Bench, id: string): Promise<Environment> {
  const { environment: found } = await bench.call(getEnvironment, { environmentId: id });
  if (!found) throw new Error("the answer holds no environment");
  return found;
}

/** Returns the name of an environment's phase, as it is. */
export async function phaseOf(bench: Bench, id: string): Promise<string> {
  const { status } = await readEnvironment(bench, id);
  return Phase[status?.phase ?? Phase.UNSPECIFIED];
}

/** How many milliseconds a machine may take to come up or to end. */
export const machineTime = 900_000;

/** Waits until an environment is in a phase, and returns it. Throws if it fails or takes too long. */
async function comeTo(bench: Bench, id: string, phase: Phase): Promise<void> {
  const isThere = ({ status }: Environment): boolean =>
    status?.phase === phase || (status?.failureMessage.length ?? 0) > 0;
  const { status } = await bench.until(() => readEnvironment(bench, id), isThere, machineTime);
  if (status?.phase !== phase) throw new Error(`an environment did not come to ${Phase[phase]}`);
}

/** Returns the environment class that was named for machines, else the first one. */
export async function classFor(bench: Bench): Promise<string> {
  if (bench.environmentClassId !== undefined) return bench.environmentClassId;
  const [first] = await usableClasses(bench);
  if (first === undefined) throw new Error("the account can use no environment class");
  return first;
}

/** Returns the ids of the environment classes that the account can use. */
export async function usableClasses(bench: Bench): Promise<string[]> {
  const filter = { enabled: true, canCreateEnvironments: true };
  const { environmentClasses } = await bench.call(listEnvironmentClasses, { filter });
  return environmentClasses.map(({ id }) => id);
}
