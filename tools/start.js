// Runs a tool of this folder on a machine that may have nothing yet but Node.js and npm: installs the dependencies when
// they are missing or not those of the lock file, and puts the pinned Node.js first on PATH, or with PINNED_NODE=no the
// one that runs npm, since the package has to work on that one too. No dependencies of its own.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, readFileSync } = require("node:fs");
const { delimiter, dirname, join } = require("node:path");

const root = join(__dirname, "..");
const [tool, ...args] = process.argv.slice(2);
const windows = process.platform === "win32";
const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
const pinned = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
const node = process.env.PINNED_NODE === "no" ? (process.env.npm_node_execpath ?? process.execPath) : pinned;
const path = [dirname(node), join(root, "node_modules", ".bin"), process.env[pathName] ?? ""].join(delimiter);
const env = { ...process.env, [pathName]: path };

install();
const script = join(__dirname, `${tool}.ts`);
const child = spawn(node, [join(root, "node_modules", "ts-node", "dist", "bin.js"), script, ...args], {
  cwd: root,
  env,
  stdio: "inherit",
});
// A terminal sends Ctrl-C to the tool itself; sent twice it would cut short what the tool is finishing.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => process.exit(code ?? 1));

function install() {
  if (isInstalled()) return;
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

/** Says whether what npm last installed is what the lock file asks for. */
function isInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const has = packages(installed);
  const wants = Object.entries(packages(join(root, "package-lock.json")));
  return wants.every(([name, { version, optional }]) => {
    if (name === "") return true;
    return has[name] ? has[name].version === version : optional;
  });
}

function packages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
