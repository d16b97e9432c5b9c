import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { readText } from "../../provider/value/text-file";
import { ask } from "./pulumi-cli";

/** What the Pulumi project in a folder says, as far as it concerns the provider. */
export interface Project {
  readonly file: string;
  readonly runtime: string;
  /** The folder that it takes the plugin from. */
  readonly pluginPath?: string | undefined;
  /** The settings of the selected stack, or those of the project where Pulumi does not tell the stack's. */
  readonly settings: ReadonlyMap<string, Setting>;
}

/** A setting; a secret has no value here. */
export interface Setting {
  readonly value?: string | undefined;
}

/** Reads the project of a folder; none where there is none. */
export async function projectIn(folder: string): Promise<Project | undefined> {
  const file = ["Pulumi.yaml", "Pulumi.yml"].find((name) => existsSync(join(folder, name)));
  if (file === undefined) return undefined;
  const stated = objectOf(yamlOf(readText(join(folder, file))));
  const { runtime } = stated;
  const providers = objectOf(stated.plugins).providers;
  const plugin = Array.isArray(providers) ? providers.map(objectOf).find(({ name }) => name === "gitpod") : undefined;
  const ofStack = await ask(folder, "config", "--json", "--non-interactive");
  return {
    file,
    runtime: text(runtime) ?? text(objectOf(runtime).name) ?? "",
    pluginPath: text(plugin?.path),
    settings: settingsOf(ofStack === undefined ? stated.config : yamlOf(ofStack)),
  };
}

function settingsOf(config: Json | undefined): ReadonlyMap<string, Setting> {
  return new Map(
    Object.entries(objectOf(config)).map(([key, stated]) => {
      const { value, default: otherwise } = objectOf(stated);
      return [key, { value: text(stated) ?? text(value) ?? text(otherwise) }];
    }),
  );
}

/** Reads YAML, and so JSON; what cannot be read says nothing. */
function yamlOf(written: string): Json | undefined {
  try {
    return parse(written);
  } catch {
    return undefined;
  }
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
