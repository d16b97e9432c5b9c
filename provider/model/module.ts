/** The modules of the package beside `index`, each with kinds, functions and types of its own. */
export const modules = ["experimental"] as const;

/** A module of the package beside `index`. */
export type Module = (typeof modules)[number];

/** What of a kind says which one it is among those of all modules. */
export interface InModule {
  /** The module of its type token; `index` if missing. */
  readonly module?: Module;
  /** The last part of the type token. */
  readonly kind: string;
}

/** Returns the name of a kind or a function among those of all modules: its own in `index`, else `experimental:Team`. */
export const qualified = (module: Module | undefined, name: string): string =>
  module === undefined ? name : `${module}:${name}`;

/** Returns the name of a kind among those of all modules. */
export const kindName = ({ module, kind }: InModule): string => qualified(module, kind);

/** Returns the name that a type token such as `gitpod:index:Project` or `gitpod:experimental:Team` stands for. */
export const nameIn = (token: string): string => token.replace(/^gitpod:(index:)?/, "");

/** Returns the type token of the kind or the function of a name. */
export const tokenOf = (name: string): string => `gitpod:${name.includes(":") ? name : `index:${name}`}`;

/** Returns the type that the kind of a name has on the dynamic adapter. */
export function dynamicTypeOf(name: string): string {
  const [kind = "", module] = name.split(":").reverse();
  return `pulumi-nodejs:dynamic/gitpod${module === undefined ? "" : `/${module}`}:${kind}`;
}

/** Returns the types of a resource and its parents, as a URN has them, with those that this package has on the dynamic adapter. */
export const dynamicTypesOf = (types: string): string =>
  types
    .split("$")
    .map((type) => (isOfPackage.test(type) ? dynamicTypeOf(nameIn(type)) : type))
    .join("$");

const isOfPackage = new RegExp(`^gitpod:(index|${modules.join("|")}):`);

/** Returns the name of the provider object of a kind: `project`, or `experimentalTeam`. */
export function objectName(name: string): string {
  const [kind = "", module] = name.split(":").reverse();
  return module === undefined ? `${kind[0]?.toLowerCase()}${kind.slice(1)}` : `${module}${kind}`;
}
