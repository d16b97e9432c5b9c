import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import { cacheFolder } from "./cache-folder";
import type { Cli, Log } from "./cli";
import { fileName, versionOf } from "./executable";
import { makeOnce } from "./make-once";

const reachMilliseconds = 4_000;
const installMilliseconds = 300_000;
const folder = join(cacheFolder(), `pulumi-${sdkVersion}-release-${process.platform}-${process.arch}`);

/** The official release that an earlier run has installed. */
export async function installedRelease(): Promise<Cli | undefined> {
  if (!existsSync(folder)) return undefined;
  const bin = join(folder, "bin", fileName("pulumi"));
  const version = await versionOf(bin);
  if (!version) return undefined;
  const path = [join(folder, "bin"), process.env.PATH].join(delimiter);
  return {
    bin,
    version,
    how: `the official release in ${folder}`,
    env: { PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true" },
  };
}

/** Installs the official release of the SDK's version with Pulumi's own installer; nothing where it is out of reach. */
export async function installRelease(log: Log): Promise<Cli | undefined> {
  if (!(await isReachable())) return undefined;
  log(`Installing the Pulumi CLI ${sdkVersion} with Pulumi's installer, once …`);
  try {
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    await makeOnce(folder, (unfinished) => inTime(PulumiCommand.install({ root: unfinished })), log);
  } catch (error) {
    log(
      `Pulumi's installer failed: ${
        String(error instanceof Error ? error.message : error)
          .trim()
          .split("\n")[0]
      }`,
    );
  }
  return installedRelease();
}

async function isReachable(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(reachMilliseconds);
    const answer = await fetch("https://get.pulumi.com/install.sh", { method: "HEAD", signal });
    return answer.ok;
  } catch {
    return false;
  }
}

async function inTime(install: Promise<unknown>): Promise<void> {
  const end = new AbortController();
  const late = wait(installMilliseconds, undefined, { signal: end.signal }).then(() => {
    throw new Error(`it did not finish in ${installMilliseconds / 60_000} minutes`);
  });
  await Promise.race([install, late]).finally(() => end.abort());
}
