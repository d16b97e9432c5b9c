// Runs a tool of this folder on a machine that may have nothing yet but Node.js and npm: installs the dependencies when
// they are missing or older than the lock file, and puts the pinned Node.js first on PATH. No dependencies of its own.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, statSync } = require("node:fs");
const { delimiter, join } = require("node:path");

const root = join(__dirname, "..");
const [tool, ...args] = process.argv.slice(2);
const windows = process.platform === "win32";
const env = { ...process.env, PATH: join(root, "node_modules", ".bin") + delimiter + process.env.PATH };

install();
const node = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
const child = spawn(
  node,
  [join(root, "node_modules", "ts-node", "dist", "bin.js"), join(__dirname, `${tool}.ts`), ...args],
  { cwd: root, env, stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

function install() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing the dependencies (npm ci), about half a minute …");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    env,
    shell: windows,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.status === 0) return;
  console.error("The dependencies could not be installed: npm ci failed. Its own words are above.");
  process.exit(npm.status ?? 1);
}
