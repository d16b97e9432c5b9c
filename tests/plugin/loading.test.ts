import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { runScript } from "../../tools/run";
import { openEmulator } from "../scene";

test("descriptors are loaded with the first call that needs them, and those of a kind with its first resource or function", async () => {
  requireFresh();
  const { host, close } = await openEmulator({ pace: "fast" });

  const script = join(__dirname, "loaded-descriptors.js");
  const { stdout, stderr } = await runScript(script, [host, tokens.owner, ids.organization]);
  await close();

  expect({ loaded: stdout && JSON.parse(stdout), stderr }).toEqual({
    stderr: "",
    loaded: {
      start: [],
      configure: ["error_details", "provider"],
      "check a secret": ["identity", "inputs", "pagination", "secret"],
      "create and delete it": [],
      "check a task": ["environment_automation"],
      "check an environment": ["count", "environment", "model", "runner_configuration"],
      "list projects": ["project"],
    },
  });
});
