import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { root } from "../../tools/root";

const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-start-"));
const pinned = join(folder, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const start = join(folder, "tools", "start.js");

beforeAll(() => {
  const runner = join(folder, "node_modules", "ts-node", "dist", "bin.js");
  for (const file of [start, runner, pinned]) mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(root, "tools", "start.js"), start);
  copyFileSync(process.execPath, pinned);
  for (const lock of ["package-lock.json", join("node_modules", ".package-lock.json")])
    writeFileSync(join(folder, lock), JSON.stringify({ packages: {} }));
  writeFileSync(runner, "console.log(JSON.stringify({ node: process.execPath, path: process.env.PATH }));\n");
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["the pinned Node.js", {}, pinned],
  ["with PINNED_NODE=no the Node.js that runs npm", { PINNED_NODE: "no" }, process.execPath],
])("a tool runs on %s, and so does what it starts", (_what, setting, node) => {
  const { PINNED_NODE: _, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, [start, "tool"], {
    env: { ...env, npm_node_execpath: process.execPath, ...setting },
    encoding: "utf8",
  });

  const ran: { node: string; path: string } = JSON.parse(stdout);
  expect({ node: ran.node, first: ran.path.split(delimiter)[0] }).toEqual({ node, first: dirname(node) });
});
