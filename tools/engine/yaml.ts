import { join } from "node:path";
import type { JsonObject } from "../../provider/value/json";
import { root } from "../root";

/** The folder of the built plugin. */
export const builtPlugin = join(root, "dist", "bin");

/** A resource of a YAML program. */
export interface YamlResource {
  type: string;
  /** Its name where that is not the one that the program calls it. */
  name?: string;
  properties?: JsonObject;
  options?: JsonObject;
  get?: JsonObject;
}

/** The parts of a YAML program. */
export interface Yaml {
  resources?: Record<string, YamlResource>;
  variables?: JsonObject;
  outputs?: JsonObject;
}

/** The files of a YAML program that runs on a plugin, the built one when left out; JSON is YAML. */
export const yaml = (program: Yaml, plugin = builtPlugin): Record<string, string> => ({
  "Pulumi.yaml": JSON.stringify({
    name: "test",
    runtime: "yaml",
    plugins: { providers: [{ name: "gitpod", path: plugin }] },
    ...program,
  }),
});

/** A resource of one of our kinds. */
export const gitpod = (kind: string, properties: JsonObject, options?: JsonObject): YamlResource => ({
  type: `gitpod:${kind}`,
  properties,
  ...(options && { options }),
});
