import { join } from "node:path";
import { build } from "./build";
import { command } from "./command";
import { packPlugin } from "./release/pack-plugin";
import { root } from "./root";

command(async () => {
  await build();
  const { executable, archives, checksums } = await packPlugin();
  console.log(`The plugin as a script, for Node.js 22 or newer: ${join(root, "dist", "bin")}`);
  console.log(`The plugin as one executable, for this system: ${executable}`);
  console.log(`Release archives:\n${[...archives, checksums].map((file) => `  ${file}`).join("\n")}`);
});
