// Ends a process at one of its writes, in the middle of it: preloaded, so that no write of the process is missed.
const fs = require("node:fs");

let left = Number(process.env.TORN_AT);
for (const name of ["mkdirSync", "writeFileSync", "renameSync", "rmdirSync", "rmSync"]) {
  const whole = fs[name];
  fs[name] = (...args) => {
    if (left === 0) {
      if (name === "writeFileSync") whole(args[0], args[1].slice(0, args[1].length / 2));
      fs.writeSync(2, "torn\n");
      process.kill(process.pid, "SIGKILL");
    }
    left -= 1;
    return whole(...args);
  };
}
