import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import { up } from "../faults/engine";
import { inCore, resourceOf } from "../faults/in-core";
import { created, createScene } from "../resources/scene";
import { derive } from "./derive";
import { markOf } from "./example";
import { needs, placed, subjects } from "./subject";

const kinds = Object.values(resources).map((definition): [string, Definition] => [
  definition.kind,
  definition as Definition,
]);

test.each(kinds)(
  "what the example of %s says is made, changed in place and replaced by a server",
  async (_, definition) => {
    const { needs: wanted, inputs, updated, replaced } = derive(definition);
    const scene = createScene();
    const provider = inCore(scene, { isKilled: () => false });
    const home: Record<string, string> = {};
    for (const need of wanted) home[need.name] = (await created(scene, need.definition, placed(need.inputs, home))).id;
    const program = (some: typeof inputs | undefined) =>
      some ? [resourceOf(definition, "subject", placed(some, home))] : [];

    let run = await up(provider, [], program(inputs));
    const happened = [run];
    for (const next of [...(updated ? [updated, inputs] : []), ...(replaced ? [replaced] : []), undefined]) {
      run = await up(provider, run.state, program(next));
      happened.push(run);
    }

    expect(updated !== undefined).toBe(definition.update !== undefined);
    expect(happened.flatMap(({ errors }) => errors)).toEqual([]);
    expect(happened.map(({ operations }) => operations.subject)).toEqual([
      "create",
      ...(updated ? ["update", "update"] : []),
      ...(replaced ? ["replace"] : []),
      "delete",
    ]);
  },
);

test("every kind has a subject whose ids are those that it is given, or marks", () => {
  const home = Object.fromEntries(needs.map(({ name }, i) => [name, `id ${i}`]));
  const texts = subjects(home).map((subject) => JSON.stringify({ ...subject, definition: undefined }));

  expect(subjects().map(({ definition }) => definition)).toEqual(Object.values(resources));
  expect(needs.filter(({ name }) => texts.some((text) => text.includes(markOf(name))))).toEqual([]);
});
