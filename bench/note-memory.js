// Loaded into a process before its own code: notes the most memory that the process has had, when it ends.
const { appendFileSync, readFileSync } = require("node:fs");

process.on("exit", () => {
  const line = JSON.stringify({ script: process.argv[1] ?? "", mib: most() / 1024 });
  appendFileSync(process.env.BENCH_MEMORY, `${line}\n`);
});

/** KiB. On Linux what Node.js tells counts the process that has started this one as well. */
function most() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    // Whoever has something to finish ends the process itself.
    if (process.listenerCount(signal) === 1) process.exit(0);
  });
