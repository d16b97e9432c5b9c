import { suggestion } from "../check/suggestion";
import type { Definition } from "../model/definition";
import { loaders } from "./kind-loaders";

/** The kinds that the plugin serves. */
export const kinds: readonly string[] = Object.keys(loaders);

/** Returns the definition of the kind that a type token such as `gitpod:index:Project` names; loads it first. */
export function definitionOf(token: string): Definition {
  const load = loaders[token.split(":").at(-1) ?? ""];
  if (!load) throw new Error(`there is no resource ${token}${suggestion(token.split(":").at(-1) ?? "", kinds)}`);
  return load();
}

/** Returns the type token in a URN. */
export const tokenIn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
