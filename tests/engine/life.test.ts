import { adapters } from "../../tools/engine/program";
import {
  all,
  becoming,
  differencesOf,
  type Every,
  everyKind,
  linksOf,
  renewed,
  replacedKind,
  updatedKind,
} from "../kinds/every";
import { inJavaScript, inYaml } from "../kinds/program";
import { callsOf, changesOf, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "./scene";

/** Programs of the classes on either adapter, and of the language that has none. */
const ways = [
  ...adapters.map((adapter) => ({
    from: `JavaScript on the ${adapter} adapter`,
    write: inJavaScript,
    options: { adapter },
  })),
  { from: "YAML", write: inYaml, options: {} },
];

test.each(ways)(
  "from $from every kind is previewed, created, left alone, updated, replaced, refreshed and destroyed",
  async ({ write, options }) => {
    const programOf = (every: Every) => write(linksOf(every));
    const scene = await openScene({ ...options, program: programOf(everyKind) });
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
    const refreshed = { summary: refresh.summary, writes: changesOf(scene), state: await stateOf(scene) };
    const destruction = outcomeOf(await engine.destroy());

    const quiet = { code: 0, complaints: [] };
    expect(preview).toEqual({ ...quiet, operations: all("create") });
    expect(previewed).toEqual([]);
    expect(creation).toEqual({ ...quiet, operations: all("create") });
    expect(repetition).toEqual({ ...quiet, operations: all("same") });
    expect(repeated).toEqual({});
    expect(
      Object.keys(first).filter((kind) => Buffer.byteLength(String(first[kind]?.inputs?.__provider)) > 100),
    ).toEqual([]);
    expect(announcement.differences).toEqual(differencesOf(everyKind, updatedKind));
    expect(announced).toEqual([]);
    expect(update).toEqual({ ...quiet, operations: becoming(everyKind, updatedKind) });
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(replacement).toEqual({ ...quiet, operations: becoming(updatedKind, replacedKind) });
    expect(renewed.filter((name) => third[name]?.id === second[name]?.id)).toEqual([]);
    expect(refreshed).toEqual({ summary: { same: Object.keys(first).length + 1 }, writes: [], state: third });
    expect(destruction).toEqual({ ...quiet, operations: all("delete") });
    expect(objectsOf(scene)).toEqual({});
  },
);

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
