import type { Definition } from "../../provider/model/definition";
import { createMethod } from "../../provider/model/shape";
import type { JsonObject } from "../../provider/value/json";
import { created, type Scene } from "../resources/scene";

/** The resource that a run was killed at. */
export const urn = "urn:pulumi:dev::shop::gitpod:index:Environment::dev";

/** Creates an object in a run that is killed when the server has acted. */
export async function killedAfter(scene: Scene, definition: Definition, inputs: JsonObject): Promise<void> {
  const { parent, name } = createMethod(definition, () => false);
  let isKilled = false;
  const stop = scene.emulator.admin.onCall((called, moment) => {
    isKilled ||= called === `${parent.name}/${name}` && moment === "after";
    if (isKilled) throw new Error("the process has ended");
  });
  await created(scene, definition, inputs, { urn, stateId: "one" }).catch(() => undefined);
  stop();
  scene.restart();
}
