import type { TableName } from "../../emulator";
import { callsOf } from "../../provider/lifecycle/life-calls";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { at, type JsonObject } from "../../provider/value/json";
import type { AdapterName } from "../../tools/engine/program";
import type { Scene, stateOf } from "../engine/scene";
import { inJavaScript, inYaml } from "../kinds/program";
import { leavesRecord, needs, subjects } from "../kinds/subject";
import { objectsIn as inTable } from "../kinds/table";
import type { Stated } from "./kill";

/** Every kind, with marks in the place of the ids that a program gets from what they live in. */
export const kindsInChain = subjects();

/**
 * Returns a program with one resource of each of these kinds, named for it, each of which waits for the one before: in
 * JavaScript, or for the plugin in YAML, which starts in a fraction of the time.
 */
export function chained(
  stated: Stated,
  adopted: Readonly<Record<string, string>> = {},
  adapter: AdapterName = "dynamic",
): Record<string, string> {
  const made = [
    ...needs.map(({ definition, ...need }) => ({ ...need, kind: kindName(definition) })),
    ...kindsInChain.flatMap(({ definition }) => {
      const kind = kindName(definition);
      const inputs = stated[kind];
      return inputs
        ? [{ name: kind, kind, inputs: { ...inputs, ...(adopted[kind] && { adopt: adopted[kind] }) } }]
        : [];
    }),
  ];
  const links = made.map((link, i) => ({ ...link, after: made[i - 1]?.name }));
  return adapter === "plugin" ? inYaml(links) : inJavaScript(links);
}

/** How many resources the chain has beside those of the kinds: what they live in, and the stack. */
export const besides = needs.length + 1;

/** The ids of what a state knows: of the resources, or of what they consist of; none of what is a part of another object. */
export const knownIn = (state: Awaited<ReturnType<typeof stateOf>>): string[] =>
  Object.entries(state).flatMap(([name, { id = "", outputs = {} }]) => {
    const kind = kindsInChain.find(({ definition }) => kindName(definition) === name);
    if (kind && ([kind.table].flat().length === 0 || !isCounted(kind.definition))) return [];
    return kind ? callsOf(kind.definition).membersOf(id, outputs as JsonObject) : [id];
  });

/**
 * Whether a table counts the objects of a kind: not what is always there, is another's, is kept as a record, or what a
 * deletion makes anew.
 */
export const isCounted = (definition: Definition): boolean => {
  const { create, delete: end } = definition;
  return create !== undefined && end !== "forget" && end !== create && !leavesRecord(definition);
};

/** The objects that a state does not know, by their tables. */
export const lostIn = (scene: Scene, known: readonly string[]): JsonObject[] =>
  tables.flatMap((table) =>
    objectsIn(scene, table).flatMap((object) => (known.includes(String(object.id)) ? [] : [{ [table]: object }])),
  );

/** The ids of all objects, without what has ended and is kept as a record. */
export const idsIn = (scene: Scene): string[] =>
  tables.flatMap((table) => objectsIn(scene, table).map(({ id }) => String(id)));

const tables = [...new Set(kindsInChain.flatMap(({ table }) => table))];

/** The objects of a table, without what has ended and is kept as a record. */
export function objectsIn({ emulator }: Scene, table: TableName): JsonObject[] {
  emulator.settle();
  return inTable(emulator, table).filter(
    ({ status }) =>
      !kindsInChain.some(
        ({ definition: { phase } }) => !phase?.cancel && phase?.ended?.includes(String(at(status, ["phase"]))),
      ),
  );
}
