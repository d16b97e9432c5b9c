import { join } from "node:path";
import { root } from "../../tools/root";
import type { Adapter } from "../faults/adapter";

/** The built plugin, as programs in every language use it. */
export const plugin: Adapter = {
  command: [process.execPath, join(root, "dist", "bin", "pulumi-resource-gitpod.js")],
  folder: root,
  acceptsSecrets: true,
  typeOf: (kind) => `gitpod:index:${kind}`,
  configOf: ({ host, token }) => ({ host, token }),
  hidden: () => ({}),
};
