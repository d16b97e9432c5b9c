import type { TableName } from "../../emulator";
import { callsOf } from "../../provider/lifecycle/calls";
import { at, type JsonObject } from "../../provider/value/json";
import { javascript, type Scene, type stateOf } from "../engine/scene";
import type { Stated } from "./kill";
import { homeInputs, subjects } from "./subject";

/** Every kind, with marks in the place of the ids that a program gets from the environment and the task others live in. */
export const kindsInChain = subjects({ environmentId: "<home>", taskId: "<task>" });

/** Returns a program with one resource of each of these kinds, named for it, each of which waits for the one before. */
export function chained(stated: Stated, adopted: Readonly<Record<string, string>> = {}): Record<string, string> {
  const lines = kindsInChain.flatMap(({ definition: { kind } }) => {
    const inputs = stated[kind];
    if (!inputs) return [];
    const all: JsonObject = { ...inputs, ...(adopted[kind] && { adopt: adopted[kind] }) };
    const text = JSON.stringify(all).replace('"<home>"', "home.id").replace('"<task>"', "task.id");
    return [`last = new gitpod.${kind}("${kind}", ${text}, { dependsOn: [last] });`];
  });
  return javascript(`
const home = new gitpod.Environment("home", ${JSON.stringify(homeInputs.environment)});
const task = new gitpod.Task("task", { environmentId: home.id, ...${JSON.stringify(homeInputs.task)} });
let last = task;
${lines.join("\n")}`);
}

/** The ids of what a state knows: of the resources, or of what they consist of. */
export const knownIn = (state: Awaited<ReturnType<typeof stateOf>>): string[] =>
  Object.entries(state).flatMap(([name, { id = "", outputs = {} }]) => {
    const kind = kindsInChain.find(({ definition }) => definition.kind === name);
    return kind ? callsOf(kind.definition).membersOf(id, outputs as JsonObject) : [id];
  });

/** The ids of all objects, without what has ended and is kept as a record. */
export const idsIn = (scene: Scene): string[] =>
  (["projects", "environments", "services", "tasks", "taskExecutions", "groups", "secrets"] as const).flatMap((table) =>
    objectsIn(scene, table).map(({ id }) => String(id)),
  );

/** The objects of a kind, without those that are deleted and about to vanish, or have ended and are kept as a record. */
export function objectsIn({ emulator }: Scene, table: TableName): JsonObject[] {
  emulator.settle();
  return (emulator.admin.objects(table) as JsonObject[]).filter(
    ({ status }) =>
      !kindsInChain.some(({ definition }) => definition.phase?.ended?.includes(String(at(status, ["phase"])))),
  );
}
