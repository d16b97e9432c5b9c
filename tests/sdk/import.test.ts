import { join } from "node:path";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

// A process of its own, because a module that another test has loaded would count here.
async function loadedBy(program: string): Promise<string[]> {
  const print = "process.on('exit', () => console.log(JSON.stringify(Object.keys(require.cache))))";
  const args = ["--require", "ts-node/register/transpile-only", "--eval", `${print}; ${program}`];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root, env: withoutAccount });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

// With a token at hand, the function would call the real API.
const withoutAccount = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GITPOD|ONA)_/.test(name)));

const isDescriptor = (file: string) =>
  /[\\/](proto[\\/]gen[\\/].*_pb\.|provider[\\/]|@bufbuild[\\/]|@connectrpc[\\/])/.test(file.slice(root.length)) &&
  !/@pulumi/.test(file);

test("a program that declares resources loads no descriptor, no definition and no client", async () => {
  const loaded = await loadedBy(`
    const gitpod = require("./sdk");
    require("@pulumi/pulumi").runtime.setMocks({ newResource: () => ({ id: "1", state: {} }), call: () => ({}) });
    new gitpod.Group("a", { organizationId: "o", name: gitpod.Principal.USER })`);

  expect(loaded.some((file) => file === join(root, "sdk", "index.ts"))).toBe(true);
  expect(loaded.filter(isDescriptor)).toEqual([]);
});

test("a program loads what a function needs when it calls one", async () => {
  const loaded = await loadedBy('require("./sdk").listEnvironmentClasses().catch(() => {})');

  expect(loaded.some((file) => isDescriptor(file))).toBe(true);
});
