import type { FunctionDefinition } from "./define-function";
import { loaders } from "./function-loaders";

/** The names of all functions: their own, in other modules than `index` after that of the module. */
export const functionNames: readonly string[] = Object.keys(loaders);

/** Returns the definition of a function, which is loaded first; undefined where there is none of the name. */
export const functionOf = (name: string): FunctionDefinition | undefined =>
  Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
