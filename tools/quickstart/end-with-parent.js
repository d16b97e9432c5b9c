// Loaded before a program, ends it when the process that started it has closed its standard input or is gone.
process.stdin.resume().on("end", () => process.kill(process.pid, "SIGTERM"));
