import { tablesOf as tablesIn } from "../../emulator/world";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { factsOf } from "../../provider/model/shape";
import { at, isObject, type Json, type JsonObject } from "../../provider/value/json";
import { startsWith } from "../../provider/value/path";
import { changed } from "../core/canary";
import { type Leaf, leavesOf } from "../core/leaf";
import { definitions } from "../core/sample";
import { up } from "../faults/engine";
import { inCore, resourceOf } from "../faults/in-core";
import { createScene, type Scene } from "../resources/scene";
import { another, changeRow, nameOf, statingOf, unitOf, whyNot } from "./drift";
import { subjects } from "./subject";
import { tablesOf } from "./table";

const restored = definitions.filter(([, definition]) => definition.delete === "restore");

test.each(restored)(
  "what each input of %s had before is given back, whatever it was, and what somebody else has changed beside it stays",
  async (_, definition) => {
    const outcomes: Record<string, string> = {};
    for (const leaf of leavesOf(definition).filter((each) => whyNot(definition, each) === undefined))
      outcomes[nameOf(leaf)] = [await outcomeOf(definition, leaf), await outcomeOf(definition, leaf, true)].join(", ");

    expect(outcomes).toMatchSnapshot();
  },
);

/** Brings a leaf up, changes it, and destroys it again; it was there before, or is what the emulator has from the start. */
async function outcomeOf(definition: Definition, leaf: Leaf, wasThere = false): Promise<string> {
  const { inputs: program } = subjects().find((subject) => subject.definition === definition)!;
  const [stating] = statingOf(definition, [program], leaf);
  if (!stating) return "cannot be stated";
  const { inputs, place } = stating;
  const scene = createScene();
  const row = rowOf(scene, definition, inputs);
  const value = at(inputs, place);
  const unit = unitOf(definition, place)!;
  const earlier = changed(inputs, place, another(leaf, value)) as JsonObject;
  if (wasThere) changeRow(scene.emulator, definition, row, unit.path, at(earlier, unit.path));
  const start = leavesIn(shown(scene, row));
  const provider = () => inCore(scene, { isKilled: () => false });
  const resource = (news: JsonObject) => resourceOf(definition, "subject", news);

  const creation = await up(provider(), [], [resource(inputs)]);
  const told = scene.told.filter((line) => line.includes("cannot express"));
  const others = otherChange(definition, inputs, leaf);
  if (others) changeRow(scene.emulator, definition, row, others.place, others.value);
  scene.restart();
  const next = changed(inputs, place, another(leaf, another(leaf, value)) ?? value) as JsonObject;
  const update = await up(provider(), creation.state, [
    resource(check(definition, next).failures.length ? inputs : next),
  ]);
  scene.restart();
  const destruction = await up(provider(), update.state, []);

  const [error] = [creation, update, destruction].flatMap(({ errors }) => errors);
  if (error !== undefined) return error.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");
  const end = leavesIn(shown(scene, row));
  const wanted = others ? { ...start, ...others.leaves } : start;
  const stays = factsOf(definition).units.filter(({ name }) => told.some((line) => line.includes(`: ${name} `)));
  const isLeft = (path: string): boolean => stays.some(({ remote }) => startsWith(path.split("."), remote ?? []));
  const different = [...new Set([...Object.keys(wanted), ...Object.keys(end)])].filter(
    (path) => wanted[path] !== end[path] && !isLeft(path),
  );
  if (different.length > 0)
    throw new Error(`${unit.name}: ${different.map((path) => `${path}: ${wanted[path]}, ${end[path]}`)}`);
  return stays.includes(unit) ? "stays, which is told" : "given back";
}

/** The row of what is always there, which is named by the last part of its address. */
function rowOf({ emulator }: Scene, definition: Definition, { userId }: JsonObject) {
  const [table] = tablesOf(definition);
  if (!table) throw new Error(`no table of ${kindName(definition)}`);
  const [first] = tablesIn(emulator.world)[table].rows.keys();
  return { table, id: typeof userId === "string" ? userId : (first ?? "") };
}

const shown = ({ emulator: { world } }: Scene, { table, id }: ReturnType<typeof rowOf>): JsonObject => {
  const { write, rows } = tablesIn(world)[table];
  return write(rows.get(id)?.remote) as JsonObject;
};

/** A change of what the program does not state, and the leaves that it makes. */
function otherChange(definition: Definition, inputs: JsonObject, { path }: Leaf) {
  const others = leavesOf(definition).filter(
    (other) => whyNot(definition, other) === undefined && unitOf(definition, other.path) !== unitOf(definition, path),
  );
  const other = others.find(
    (each) =>
      each.field.scalar !== undefined &&
      each.field.fieldKind === "scalar" &&
      unitOf(definition, each.path)?.path.length === each.path.length &&
      at(inputs, each.path) === undefined,
  );
  const value = other && another(other, other.field.scalar === 8 ? false : "by hand");
  return other && value !== undefined
    ? { place: other.path, value, leaves: { [other.path.join(".")]: JSON.stringify(value) } }
    : undefined;
}

/** Every value in an object by its path, without what says nothing and what changes by itself. */
function leavesIn(value: Json | undefined, path = ""): Record<string, string> {
  if (isObject(value))
    return Object.assign(
      {},
      ...Object.entries(value).map(([name, part]) => leavesIn(part, path === "" ? name : `${path}.${name}`)),
    );
  const isNothing =
    [undefined, null, "", false, 0, "0", "0s"].some((nothing) => nothing === value) ||
    (Array.isArray(value) && value.length === 0);
  return isNothing || path === "updatedAt" ? {} : { [path]: JSON.stringify(value) };
}
