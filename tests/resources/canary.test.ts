import { secretPlaces, wrapAt } from "../../provider/mapping/secret-paths";
import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { pattern } from "../../provider/value/path";
import { cagesOf, changed, textsIn } from "../core/canary";
import { created, createScene, ids, type Scene } from "./scene";

const definitions = Object.values(resources) as Definition[];
const dev = { spec: { machine: { class: ids.smallClass } } };
const seed = { metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } };

test.each(definitions.map((definition) => [definition.kind, definition] as const))(
  "wherever the server repeats a secret input of %s, the output is secret",
  async (_, definition) => {
    const scene = createScene();
    const cages = cagesOf(definition, "a");

    const seen = new Set<string>();
    for (const { inputs, canaries } of cages) {
      const { state } = await created(scene, definition, await acceptable(scene, definition.kind, inputs));
      const places = secretPlaces(definition, pathsOf(inputs));
      for (const [path, text] of textsIn(
        wrapAt(state.outputs, places.outputs, () => "[secret]"),
        [],
      ))
        for (const [input, canary] of Object.entries(canaries))
          if (text.toLowerCase().includes(canary)) seen.add(`${pattern(path)} shows ${input}`);
    }

    expect([...seen].sort()).toEqual([]);
  },
);

const pathsOf = (inputs: JsonObject) =>
  textsIn(inputs, [])
    .filter(([, text]) => text.includes("canary"))
    .map(([path]) => path);

/** The inputs with ids of what exists where the emulator asks for them. */
async function acceptable(scene: Scene, kind: string, inputs: JsonObject): Promise<JsonObject> {
  const set = (path: string[], value: JsonObject[string]) => changed(inputs, path, value) as JsonObject;
  const home = async () => (await created(scene, resources.environment, dev)).id;
  const needs: Record<string, () => Promise<JsonObject>> = {
    Environment: async () => set(["spec", "machine", "class"], ids.smallClass),
    Project: async () => set(["environmentClasses"], [{ environmentClassId: ids.smallClass, order: 0 }]),
    Group: async () => set(["organizationId"], ids.organization),
    Secret: async () => set(["scope"], { organizationId: ids.organization }),
    Task: async () => set(["environmentId"], await home()),
    Service: async () => ({
      ...inputs,
      environmentId: await home(),
      metadata: { ...(inputs.metadata as JsonObject), triggeredBy: [] },
    }),
    AutomationsFile: async () => set(["environmentId"], await home()),
    TaskExecution: async () => {
      const task = await created(scene, resources.task, { environmentId: await home(), ...seed });
      return set(["taskId"], task.id);
    },
  };
  return needs[kind]?.() ?? inputs;
}
