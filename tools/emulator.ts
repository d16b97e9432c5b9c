import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "./build";
import { command } from "./command";
import { root } from "./root";

command(async () => {
  await build();
  const main = join(root, "dist", "command", "main.js");
  const child = spawn(process.execPath, [main, "emulator", ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
});
