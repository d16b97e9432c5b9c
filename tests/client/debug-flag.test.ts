import { spawn } from "node:child_process";
import { once } from "node:events";
import { hasDebugFlag, processOf } from "../../provider/client/debug-flag";

test.each([
  [["up", "--debug"], true],
  [["up", "--yes", "-d"], true],
  [["up", "-yd"], true],
  [["refresh", "--debug=true"], true],
  [["up"], false],
  [["up", "--debug=false"], false],
  [["up", "-sdev", "--attach-debugger"], false],
])("the flag in %j is read as the CLI does: %s", (args, isThere) => {
  expect(hasDebugFlag(args)).toBe(isThere);
});

test.each(["linux", "darwin"] as const)(
  "on %s a process says what it was started with, and by which",
  async (platform) => {
    const child = spawn(process.execPath, ["-", "up", "--debug"], { stdio: ["pipe", "ignore", "ignore"] });
    await once(child, "spawn");

    const started = processOf(child.pid!, platform);
    child.kill();

    expect(started).toEqual({ parent: process.pid, command: process.execPath, args: ["-", "up", "--debug"] });
  },
);
