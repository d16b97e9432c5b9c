import { join } from "node:path";
import { build } from "./build";
import { command } from "./command";
import { root } from "./root";

command(async () => {
  await build();
  console.log(`The plugin is in ${join(root, "dist", "bin")}.`);
});
