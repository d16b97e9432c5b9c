import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "../run";
import { cacheFolder } from "./cache-folder";
import type { Cli, Log } from "./cli";
import { fileName, findExecutable, versionOf } from "./executable";
import { addLauncher } from "./launcher";
import { makeOnce } from "./make-once";
import { type ModuleBuild, moduleBuilds } from "./module-builds";
import { testedVersion } from "./version";

const signOfLifeMilliseconds = 15_000;
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
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const alive = setInterval(() => log(`  … building ${build.title} (${seconds()} s)`), signOfLifeMilliseconds);
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${build.version}`;
  const output = join(bin, fileName(build.program));
  try {
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", output, build.package];
    const ran = await run("go", args, { cwd: join(modules, build.module) });
    if (ran.code !== 0) throw new Error(`Go could not build ${build.title}:\n${ran.stderr.trim()}`);
  } finally {
    clearInterval(alive);
  }
  log(`  built ${build.title} ${build.version} (${seconds()} s)`);
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
