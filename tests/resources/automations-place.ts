import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { environment } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, ids, type Kept, type Scene } from "./scene";

export const web = { name: "Web", commands: { start: "sleep infinity" } };
export const seed = { name: "Seed", command: "npm run seed", dependsOn: ["web"], triggeredBy: ["manual"] };
export const lint = { name: "Lint", command: "npm run lint" };
export const both = { services: { web }, tasks: { seed } };

/** A running environment on a scene. */
export interface Place {
  readonly scene: Scene;
  readonly id: string;
  /** The inputs of an automations file with this content. */
  file(automations?: JsonObject): JsonObject;
}

/** Makes a place. */
export async function inEnvironment(): Promise<Place> {
  const scene = createScene();
  const { id } = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });
  return { scene, id, file: (automations = both) => ({ environmentId: id, automations }) };
}

/** Makes what the repository's own file says, as the platform does when the environment starts. */
export async function fromRepository({ scene, id }: Place, automationsFile: JsonObject): Promise<void> {
  const method = EnvironmentAutomationService.method.upsertAutomationsFile;
  await scene.operation().client.call(method, { environmentId: id, automationsFile });
}

/** The ids of all services and tasks by name. */
export function has({ scene }: Place): Record<string, string> {
  scene.emulator.settle();
  const all = [...scene.emulator.admin.objects("services"), ...scene.emulator.admin.objects("tasks")];
  return Object.fromEntries((all as { id: string; metadata: { name: string } }[]).map((o) => [o.metadata.name, o.id]));
}

/** The ids of what a file has made, by reference. */
export const madeBy = ({ state: { outputs } }: Kept): JsonObject => ({
  ...(outputs.services as JsonObject),
  ...(outputs.tasks as JsonObject),
});
