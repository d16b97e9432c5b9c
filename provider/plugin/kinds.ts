import { suggestion } from "../check/suggestion";
import type { Definition } from "../model/definition";
import { nameIn } from "../model/module";
import { loaders } from "../resources/loaders";

/** The kinds that the plugin serves: their names, in other modules than `index` after that of the module. */
export const kinds: readonly string[] = Object.keys(loaders);

/** Returns the definition of the kind that a type token such as `gitpod:index:Project` names; loads it first. */
export function definitionOf(token: string): Definition {
  const name = nameIn(token);
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (!load) throw new Error(`there is no resource ${token}${suggestion(name, kinds)}`);
  return load();
}

/** Returns the type token in a URN. */
export const tokenIn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
