import { command } from "./command";
import { root } from "./root";
import { runScript } from "./run";

command(async () => {
  const biome = require.resolve("@biomejs/biome/bin/biome");
  const { code } = await runScript(biome, ["check", "--write", ...process.argv.slice(2)], { cwd: root, show: true });
  process.exitCode = code;
});
