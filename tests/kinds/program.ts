import type { JsonObject } from "../../provider/value/json";
import { gitpod, type Yaml, yaml } from "../../tools/engine/yaml";
import { javascript } from "../engine/scene";
import { markOf } from "./example";

/** A resource of a program, with the marks of others in the place of their ids. */
export interface Link {
  readonly name: string;
  readonly kind: string;
  readonly inputs: JsonObject;
  /** As Pulumi's languages call them, without those that name other resources. */
  readonly options?: JsonObject | undefined;
  /** The one before which this one is not made. */
  readonly after?: string | undefined;
}

/** The files of a JavaScript program with these resources, each named for its link. */
export const inJavaScript = (links: readonly Link[], more = ""): Record<string, string> =>
  javascript(`${declared(links)}\n${more}`);

/** The resources as JavaScript and TypeScript declare them, each in a variable that is named for it. */
export function declared(links: readonly Link[]): string {
  const lines = inOrder(links).map(({ name, kind, inputs, options, after }) => {
    const args = argumentsOf(links, inputs);
    const given = JSON.stringify(options ?? {}).slice(1, -1);
    const parts = [...(given === "" ? [] : [given]), ...(after === undefined ? [] : [`dependsOn: ${keyOf(after)}`])];
    return `const ${keyOf(name)} = new gitpod.${kind.replace(":", ".")}("${name}", ${args}, { ${parts.join(", ")} });`;
  });
  return lines.join("\n");
}

/** Returns inputs as JavaScript and TypeScript state them beside the declarations of these links. */
export const argumentsOf = (links: readonly Link[], inputs: JsonObject): string =>
  linked(links, inputs, (other) => `${keyOf(other)}.id`);

/** The files of a YAML program with these resources, each named for its link. */
export function inYaml(links: readonly Link[], { resources, ...more }: Yaml = {}): Record<string, string> {
  const made = links.map(({ name, kind, inputs, options, after }) => {
    const properties = propertiesOf(links, inputs);
    const given = { ...options, ...(after !== undefined && { dependsOn: [`\${${keyOf(after)}}`] }) };
    return [keyOf(name), { ...gitpod(kind, properties, given), name }];
  });
  return yaml({ resources: { ...Object.fromEntries(made), ...resources }, ...more });
}

/** Returns inputs as YAML states them beside these links. */
export const propertiesOf = (links: readonly Link[], inputs: JsonObject): JsonObject =>
  JSON.parse(linked(links, inputs, (other) => `"\${${keyOf(other)}.id}"`));

/** What a program calls a resource. */
export const keyOf = (name: string): string => name.replaceAll(/[-:]/g, "_");

/** Returns inputs as a text with what stands for the ids of other links in the place of their marks. */
const linked = (links: readonly Link[], inputs: JsonObject, idOf: (name: string) => string): string =>
  links.reduce((text, { name }) => text.replaceAll(`"${markOf(name)}"`, idOf(name)), JSON.stringify(inputs));

/** Puts each link behind those whose ids it takes. */
export function inOrder(links: readonly Link[]): Link[] {
  const left = [...links];
  const all: Link[] = [];
  while (left.length > 0) {
    const next = left.findIndex((link) => !left.some((other) => other !== link && takes(link, other.name)));
    if (next < 0) throw new Error(`these take each other's ids: ${left.map(({ name }) => name)}`);
    all.push(...left.splice(next, 1));
  }
  return all;
}

/** Whether a link takes the id of another one. */
export const takes = ({ inputs }: Pick<Link, "inputs">, name: string): boolean =>
  JSON.stringify(inputs).includes(markOf(name));
