/** Returns how the provider names itself to the API: `pulumi-gitpod/<version>`. */
export function userAgent(): string {
  return value;
}

// By the package's own name, which leads to the same file from the sources, the built code and a bundle.
const { version } = require("pulumi-gitpod/package.json") as { version: string };
const value = `pulumi-gitpod/${version}`;
