import { secretPlaces, wrapAt } from "../../provider/mapping/secret-paths";
import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { pattern } from "../../provider/value/path";
import { cagesOf, textsIn } from "../core/canary";
import { verifyDomains } from "../kinds/domains";
import { housed } from "../kinds/housed";
import { settle, subjects } from "../kinds/subject";
import { created, createScene } from "./scene";

const definitions = Object.values(resources) as Definition[];

test.each(definitions.map((definition) => [definition.kind, definition] as const))(
  "wherever the server repeats a secret input of %s, the output is secret",
  async (_, definition) => {
    const cages = cagesOf(definition, "a");

    const seen = new Set<string>();
    for (const { inputs, canaries } of cages) {
      const scene = createScene();
      const home = await settle(async (need) => (await created(scene, need.definition, need.inputs)).id);
      const { inputs: stated } = subjects(home).find((subject) => subject.definition === definition)!;
      const all = housed(definition, inputs, stated);
      await verifyDomains(scene.emulator, all);
      const { state } = await created(scene, definition, all);
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
