import { suggestion } from "../check/suggestion";
import type { Definition } from "../model/definition";

/** How the definition of each kind is loaded: with the first resource of the kind. */
const loaders: { readonly [kind: string]: () => Definition } = {
  AutomationsFile: () => require("../resources/automations-file").automationsFile,
  Environment: () => require("../resources/environment").environment,
  Group: () => require("../resources/group").group,
  Project: () => require("../resources/project").project,
  Secret: () => require("../resources/secret").secret,
  Service: () => require("../resources/service").service,
  Task: () => require("../resources/task").task,
  TaskExecution: () => require("../resources/task-execution").taskExecution,
};

/** The kinds that the plugin serves. */
export const kinds: readonly string[] = Object.keys(loaders);

/** Returns the definition of the kind that a type token such as `gitpod:index:Project` names. */
export function definitionOf(token: string): Definition {
  const load = loaders[token.split(":").at(-1) ?? ""];
  if (!load) throw new Error(`there is no resource ${token}${suggestion(token.split(":").at(-1) ?? "", kinds)}`);
  return load();
}

/** Returns the type token in a URN. */
export const tokenIn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
