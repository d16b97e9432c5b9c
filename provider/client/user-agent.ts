/** The package that this is, as npm names it. */
export const own = {
  name: "pulumi-gitpod",
  // By the package's own name, which leads to the same file from the sources, the built code and a bundle.
  version: (require("pulumi-gitpod/package.json") as { version: string }).version,
} as const;

/** Returns how the provider names itself to the API: `pulumi-gitpod/<version>`. */
export const userAgent = (): string => `${own.name}/${own.version}`;
