import { type Alias, Config, type Input, Output, RunError, type URN } from "@pulumi/pulumi";

/** What brings resources to the API: Pulumi's dynamic provider process, or the plugin of this package. */
export type Adapter = "dynamic" | "plugin";

/** Returns the adapter that the stack setting `gitpod:adapter` names. */
export function adapterOfStack(): Adapter {
  const stated = new Config("gitpod").get("adapter") ?? "dynamic";
  if (stated === "dynamic" || stated === "plugin") return stated;
  throw new RunError(`The setting gitpod:adapter is ${JSON.stringify(stated)}: it must be "dynamic" or "plugin".`);
}

/**
 * Returns the type token of a kind, which is named `experimental:Team` in another module than `index`; what stands before
 * the first colon of the token is the package that its providers are of.
 */
export function typeOf(adapter: Adapter, name: string): string {
  const [kind, module] = name.split(":").reverse();
  if (adapter === "plugin") return `gitpod:${module ?? "index"}:${kind}`;
  return `pulumi-nodejs:dynamic/gitpod${module === undefined ? "" : `/${module}`}:${kind}`;
}

/** Returns the name of the provider object of a kind: `project`, or `experimentalTeam` in another module than `index`. */
export function objectName(name: string): string {
  const [kind = "", module] = name.split(":").reverse();
  return module === undefined ? `${kind[0]?.toLowerCase()}${kind.slice(1)}` : `${module}${kind}`;
}

/** Returns the package of the providers that resources run in. */
export const packageOf = (adapter: Adapter): string => (adapter === "plugin" ? "gitpod" : "pulumi-nodejs");

/** Returns the adapter that the stack may have been on before. */
export const otherThan = (adapter: Adapter): Adapter => (adapter === "plugin" ? "dynamic" : "plugin");

/** Returns the names that a resource may have in the state: each of those stated, also under the type that it had before. */
export const withFormerType = (stated: Aliases = [], type: string): Aliases => [
  { type },
  ...stated.flatMap((alias): Aliases => (isUntyped(alias) ? [alias, { ...alias, type }] : [alias])),
];

type Aliases = Input<URN | Alias>[];

/** Whether an alias leaves the type as it is; of one that comes later nobody knows. */
const isUntyped = (alias: Input<URN | Alias>): alias is Alias =>
  typeof alias === "object" && !(alias instanceof Promise) && !Output.isInstance(alias) && alias.type === undefined;
