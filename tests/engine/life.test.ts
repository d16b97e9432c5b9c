import * as resources from "../../provider/resources";
import { adapters } from "../../tools/engine/program";
import { everyKind, programOf, replacedKind, updatedKind } from "./every-kind";
import { callsOf, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "./scene";

const kinds = Object.keys(resources);
const every = (operation: string) => Object.fromEntries(kinds.map((kind) => [kind, operation]));

test.each(adapters)(
  "on the %s adapter every kind is previewed, created, left alone, updated, replaced, refreshed and destroyed",
  async (adapter) => {
    const scene = await openScene({ adapter, program: programOf(everyKind) });
    const { engine } = scene;

    const preview = outcomeOf(await engine.preview());
    const previewed = writesOf(scene);
    const creation = outcomeOf(await engine.up());
    const first = await stateOf(scene);
    callsOf(scene);
    const repetition = outcomeOf(await engine.up());
    const repeated = callsOf(scene);
    engine.write(programOf(updatedKind));
    const announcement = await engine.preview("--diff");
    const announced = writesOf(scene);
    const update = outcomeOf(await engine.up());
    const second = await stateOf(scene);
    engine.write(programOf(replacedKind));
    const replacement = outcomeOf(await engine.up());
    const third = await stateOf(scene);
    writesOf(scene);
    const refresh = await engine.refresh();
    const refreshed = { summary: refresh.summary, writes: writesOf(scene), state: await stateOf(scene) };
    const destruction = outcomeOf(await engine.destroy());

    const quiet = { code: 0, complaints: [] };
    expect(preview).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
    expect(previewed).toEqual([]);
    expect(creation).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
    expect(repetition).toEqual({ ...quiet, operations: { ...every("same"), home: "same" } });
    expect(repeated).toEqual({});
    expect(kinds.filter((kind) => Buffer.byteLength(String(first[kind]?.inputs?.__provider)) > 100)).toEqual([]);
    expect(announcement.differences).toEqual({
      project: { name: "update" },
      environment: { name: "update" },
      service: { "spec.env[0].value": "update" },
      task: { "spec.command": "update" },
      automationsFile: { "automations.services.worker.name": "update" },
      group: { description: "update" },
      secret: { value: "update" },
    });
    expect(announced).toEqual([]);
    expect(update).toEqual({ ...quiet, operations: { ...every("update"), home: "same", taskExecution: "same" } });
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(replacement).toEqual({ ...quiet, operations: { ...every("replace"), home: "same" } });
    expect(kinds.filter((kind) => third[kind]?.id === second[kind]?.id)).toEqual([]);
    expect(refreshed).toEqual({ summary: { same: kinds.length + 2 }, writes: [], state: third });
    expect(destruction).toEqual({ ...quiet, operations: { ...every("delete"), home: "delete" } });
    expect(objectsOf(scene)).toEqual({});
  },
);

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
