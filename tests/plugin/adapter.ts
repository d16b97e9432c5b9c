import { join } from "node:path";
import { classicTokens } from "../../emulator";
import { tokenOf } from "../../provider/model/module";
import { root } from "../../tools/root";
import type { Adapter } from "../faults/adapter";

/** The built plugin, as programs in every language use it. */
export const plugin: Adapter = {
  command: [process.execPath, join(root, "dist", "bin", "pulumi-resource-gitpod.js")],
  folder: root,
  acceptsSecrets: true,
  typeOf: tokenOf,
  configOf: ({ host, token }) => ({ host, token, classicHost: host, classicToken: classicTokens.owner }),
  hidden: () => ({}),
};
