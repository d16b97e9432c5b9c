// Loaded into a process before its own code: notes the most memory that the process has had, when it ends.
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS } = process.resourceUsage();
  const line = JSON.stringify({ script: process.argv[1] ?? "", mib: maxRSS / 1024 });
  appendFileSync(process.env.BENCH_MEMORY, `${line}\n`);
});

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    // Whoever has something to finish ends the process itself.
    if (process.listenerCount(signal) === 1) process.exit(0);
  });
