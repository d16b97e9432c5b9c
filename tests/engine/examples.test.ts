import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";
import { objectsOf, openScene, stateOf, writesOf } from "./scene";

const examples = readdirSync(join(root, "examples"));

test.each(examples)(
  "the example %s comes up once, changes nothing when repeated or refreshed, and goes without a trace",
  async (name) => {
    // Their types are checked once, with those of the tests.
    const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    const scene = await openScene({ program: `examples/${name}`, env });
    const { engine } = scene;

    const preview = await engine.preview();
    const previewed = { code: preview.code, writes: writesOf(scene), objects: objectsOf(scene) };
    const first = await engine.up();
    const wanted = Object.fromEntries(Object.keys(preview.operations).map((resource) => [resource, "same"]));
    writesOf(scene);
    const second = await engine.up();
    const repeated = { code: second.code, operations: second.operations, writes: writesOf(scene) };
    const before = await stateOf(scene);
    const third = await engine.refresh();
    const refreshed = {
      code: third.code,
      summary: third.summary,
      writes: writesOf(scene),
      state: await stateOf(scene),
    };
    const last = await engine.destroy();

    expect(previewed).toEqual({ code: 0, writes: [], objects: {} });
    expect({ code: first.code, operations: first.operations }).toEqual({ code: 0, operations: preview.operations });
    expect(repeated).toEqual({ code: 0, operations: wanted, writes: [] });
    expect(refreshed).toEqual({ code: 0, summary: { same: expect.any(Number) }, writes: [], state: before });
    expect({ code: last.code, objects: objectsOf(scene) }).toEqual({ code: 0, objects: {} });
  },
);
