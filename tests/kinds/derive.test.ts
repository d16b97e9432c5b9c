import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { hasEnded, isRetired } from "../../provider/model/phase";
import { acting } from "../../provider/reading/acting";
import { find } from "../../provider/reading/find";
import * as resources from "../../provider/resources";
import { at, isObject } from "../../provider/value/json";
import { type Resource, up } from "../faults/engine";
import { inCore, resourceOf } from "../faults/in-core";
import { sceneFor } from "../resources/scene";
import { derive } from "./derive";
import { markOf } from "./example";
import { needs, placed, subjects } from "./subject";

const kinds = Object.values(resources).map((definition): [string, Definition] => [
  kindName(definition),
  definition as Definition,
]);

test.each(kinds)(
  "what the example of %s says is made, changed in place and replaced by a server",
  async (_, definition) => {
    const { needs: wanted, inputs, updated, replaced } = derive(definition);
    const scene = sceneFor(definition);
    const provider = inCore(scene, { isKilled: () => false });
    const home: Record<string, string> = {};
    const needed: Resource[] = [];
    let run = await up(provider, [], needed);
    for (const need of wanted) {
      needed.push(resourceOf(need.definition, need.name, placed(need.inputs, home)));
      run = await up(provider, run.state, needed);
      home[need.name] = run.state.find(({ name }) => name === need.name)?.id ?? "";
    }
    const program = (some: typeof inputs | undefined) =>
      some ? [...needed, resourceOf(definition, "subject", placed(some, home))] : needed;

    run = await up(provider, run.state, program(inputs));
    const happened = [run];
    const made = run.state.find(({ name }) => name === "subject");
    for (const next of [...(updated ? [updated, inputs] : []), ...(replaced ? [replaced] : []), undefined]) {
      run = await up(provider, run.state, program(next));
      happened.push(run);
    }

    // What makes another one when it is deleted is told from that by what it has told.
    const told = at(happened.at(-2)?.state.find(({ name }) => name === "subject")?.outputs, ["outputs"]);
    const clue = { inputs: placed(replaced ?? inputs, home), ...(isObject(told) && { remote: told }) };
    const left = definition.composed
      ? undefined
      : await find(definition, acting(definition, scene.operation(), clue, made?.id), made?.id ?? "", clue);
    const isOver =
      typeof definition.delete === "string" ||
      left === undefined ||
      isRetired(definition, left) ||
      hasEnded(definition, left);
    expect([made?.type, isOver]).toEqual([kindName(definition), true]);
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
