import { root } from "../../tools/root";
import { run } from "../../tools/run";

test("an argument that fails is told once, for itself, and not as a promise that nobody waits for", async () => {
  const program = `
    const { secretPaths } = require("./sdk/secret-paths");
    const failing = Promise.reject(new Error("no class"));
    failing.catch(() => {});
    const paths = secretPaths({ spec: { machine: { class: failing } } });
    setTimeout(() => paths.catch((error) => console.log("told:", error.message)), 10);`;

  const ended = await run(process.execPath, ["--require", "ts-node/register/transpile-only", "--eval", program], {
    cwd: root,
  });

  expect(ended).toEqual({ code: 0, stdout: "told: no class\n", stderr: "" });
});
