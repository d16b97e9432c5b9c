import { appendFile, chmod, copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaName } from "../../provider/plugin/schema-text";
import { licensesName, nodeOptions, pluginName } from "../build-plugin";
import { fileName } from "../pulumi/executable";
import { run, runScript } from "../run";
import type { NodeRelease } from "./node";

/** Where Node.js looks for the program that it is to run, and the mark that tells it that there is one. */
const resource = { name: "NODE_SEA_BLOB", mark: "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2" };

/** Makes one executable of Node.js, the bundled plugin and its schema, with the licenses of both beside it. */
export async function buildExecutable(bundle: string, node: NodeRelease, folder: string): Promise<void> {
  const executable = join(folder, fileName(pluginName));
  const licenses = join(folder, licensesName);
  await copyFile(node.executable, executable);
  await chmod(executable, 0o755);
  await embed(executable, bundle, node);
  await copyFile(join(bundle, licensesName), licenses);
  await appendFile(licenses, `\nNode.js ${process.versions.node}\n\n${await readFile(node.license, "utf8")}`);
}

async function embed(executable: string, bundle: string, node: NodeRelease): Promise<void> {
  const [config, blob] = [`${executable}.json`, `${executable}.blob`];
  const settings = {
    // Kept in the executable as it is given; a whole path would differ from machine to machine.
    main: `${pluginName}.js`,
    output: blob,
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    execArgv: nodeOptions,
    assets: { [schemaName]: join(bundle, schemaName) },
  };
  await writeFile(config, JSON.stringify(settings));
  // Without it no two code caches are the same.
  const making = ["--predictable", "--experimental-sea-config", config];
  await succeed("Node.js", run(node.executable, making, { cwd: bundle }));
  const segment = process.platform === "darwin" ? ["--macho-segment-name", "NODE_SEA"] : [];
  const args = [executable, resource.name, blob, "--sentinel-fuse", resource.mark, ...segment];
  if (segment.length > 0) await succeed("codesign", run("codesign", ["--remove-signature", executable]));
  await succeed("postject", runScript(require.resolve("postject/dist/cli.js"), args));
  // macOS ends a program whose signature is not that of its bytes; this one says nothing about who made it.
  if (segment.length > 0) await succeed("codesign", run("codesign", ["--sign", "-", executable]));
  await Promise.all([rm(config), rm(blob)]);
}

async function succeed(program: string, running: ReturnType<typeof run>): Promise<void> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new Error(`${program} could not make the executable:\n${(stdout + stderr).trim()}`);
}
