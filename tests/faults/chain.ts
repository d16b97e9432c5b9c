import type { TableName } from "../../emulator";
import { callsOf } from "../../provider/lifecycle/life-calls";
import { at, type JsonObject } from "../../provider/value/json";
import type { AdapterName } from "../../tools/engine/program";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { javascript, type Scene, type stateOf } from "../engine/scene";
import { markOf } from "./example";
import type { Stated } from "./kill";
import { type Need, needs, subjects } from "./subject";

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
  const links = [
    ...needs,
    ...kindsInChain.flatMap(({ definition }) => {
      const { kind } = definition;
      const inputs = stated[kind];
      return inputs
        ? [{ name: kind, definition, inputs: { ...inputs, ...(adopted[kind] && { adopt: adopted[kind] }) } }]
        : [];
    }),
  ];
  return adapter === "plugin" ? inYaml(links) : inJavaScript(links);
}

/** How many resources the chain has beside those of the kinds: what they live in, and the stack. */
export const besides = needs.length + 1;

function inYaml(links: readonly Need[]): Record<string, string> {
  const resources = links.map(({ name, definition, inputs }, i) => {
    const { type, properties, options } = gitpod(
      definition.kind,
      JSON.parse(linked(links, inputs, (place) => `"\${resource${place}.id}"`)),
      { dependsOn: i > 0 ? [`\${resource${i - 1}}`] : [] },
    );
    return [`resource${i}`, { name, type, properties, options }];
  });
  return yaml({ resources: Object.fromEntries(resources) });
}

function inJavaScript(links: readonly Need[]): Record<string, string> {
  const lines = links.map(({ name, definition: { kind }, inputs }, i) => {
    const args = linked(links, inputs, (place) => `made[${place}].id`);
    return `made[${i}] = new gitpod.${kind}("${name}", ${args}, { dependsOn: made.slice(-1) });`;
  });
  return javascript(`const made = [];\n${lines.join("\n")}`);
}

/** Returns inputs as a text with what stands for the ids of other links in the place of their marks. */
const linked = (links: readonly Need[], inputs: JsonObject, idOf: (place: number) => string): string =>
  links.reduce((text, { name }, i) => text.replaceAll(`"${markOf(name)}"`, idOf(i)), JSON.stringify(inputs));

/** The object that a refusal names as one to take over. */
export const candidateIn = (text: string): string | undefined =>
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b(?=.*\badopt\b)/s.exec(text)?.[0];

/** The ids of what a state knows: of the resources, or of what they consist of. */
export const knownIn = (state: Awaited<ReturnType<typeof stateOf>>): string[] =>
  Object.entries(state).flatMap(([name, { id = "", outputs = {} }]) => {
    const kind = kindsInChain.find(({ definition }) => definition.kind === name);
    return kind ? callsOf(kind.definition).membersOf(id, outputs as JsonObject) : [id];
  });

/** The ids of all objects, without what has ended and is kept as a record. */
export const idsIn = (scene: Scene): string[] =>
  [...new Set(kindsInChain.flatMap(({ table }) => table))].flatMap((table) =>
    objectsIn(scene, table).map(({ id }) => String(id)),
  );

/** The objects of a kind, without those that are deleted and about to vanish, or have ended and are kept as a record. */
export function objectsIn({ emulator }: Scene, table: TableName): JsonObject[] {
  emulator.settle();
  return (emulator.admin.objects(table) as JsonObject[]).filter(
    ({ status }) =>
      !kindsInChain.some(({ definition }) => definition.phase?.ended?.includes(String(at(status, ["phase"])))),
  );
}
