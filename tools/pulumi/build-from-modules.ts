import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cacheFolder } from "./cache-folder";
import type { Cli, Log } from "./cli";
import { fileName, findExecutable, versionOf } from "./executable";
import { goBuild } from "./go-build";
import { addLauncher } from "./launcher";
import { makeOnce } from "./make-once";
import { type ModuleBuild, moduleBuilds } from "./module-builds";
import { testedVersion } from "./version";

const modules = join(__dirname, "go");
const folder = join(cacheFolder(), `pulumi-${testedVersion}-modules-${digest()}-${process.platform}-${process.arch}`);

/** What keeps a CLI that no release stands behind from asking the internet. */
const offline = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
};

/** The CLI that an earlier run has built. */
export async function builtPulumi(): Promise<Cli | undefined> {
  if (!existsSync(folder)) return undefined;
  const bin = join(folder, "bin", fileName("pulumi"));
  const version = await versionOf(bin);
  if (!version) return undefined;
  const path = [join(folder, "bin"), process.env.PATH].join(delimiter);
  return { bin, version, how: `built from source in ${folder}`, env: { PATH: path, ...offline } };
}

/** Builds the CLI and its language host from their pinned Go modules; nothing where there is no Go. */
export async function buildPulumi(log: Log): Promise<Cli | undefined> {
  if (!findExecutable("go")) return undefined;
  log("Building the Pulumi CLI from source, about 4 minutes on two cores, once …");
  await makeOnce(
    folder,
    async (unfinished) => {
      const bin = join(unfinished, "bin");
      await mkdir(bin);
      for (const build of moduleBuilds) await buildModule(build, bin, log);
      await addLauncher(bin);
      await verify(bin);
    },
    log,
  );
  return builtPulumi();
}

async function buildModule(build: ModuleBuild, bin: string, log: Log): Promise<void> {
  const { module, program, package: name, version, title } = build;
  await goBuild(
    { title: `${title} ${version}`, folder: join(modules, module), package: name, version },
    join(bin, fileName(program)),
    log,
  );
}

async function verify(bin: string): Promise<void> {
  const version = await versionOf(join(bin, fileName("pulumi")));
  if (version !== testedVersion) throw new Error(`The built Pulumi CLI says it is ${version}, not ${testedVersion}.`);
}

/** Names everything that decides what is built, so that a change of it is built anew. */
function digest(): string {
  const hash = createHash("sha256").update(JSON.stringify(moduleBuilds));
  for (const { module } of moduleBuilds)
    for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(modules, module, file)));
  return hash.digest("hex").slice(0, 12);
}
