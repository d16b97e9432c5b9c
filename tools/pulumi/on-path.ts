import { delimiter, dirname } from "node:path";
import type { Cli, Log } from "./cli";
import { findExecutable, pathFolders, versionOf } from "./executable";
import { sdkFolder } from "./launcher";
import { atLeast, testedVersion } from "./version";

/** The `pulumi` of PATH (or of other folders), if it is new enough and has its Node.js language host; says why one is passed over. */
export async function pulumiOnPath(log: Log, folders = pathFolders()): Promise<Cli | undefined> {
  const bin = findExecutable("pulumi", folders);
  if (!bin) return undefined;
  const version = await versionOf(bin);
  if (!version) {
    log(`Passing over ${bin}: it does not answer to "pulumi version".`);
    return undefined;
  }
  if (!atLeast(version, testedVersion)) {
    log(
      `Passing over ${bin}: it is ${version}, and ${testedVersion} is the oldest that the engine tests have passed on.`,
    );
    return undefined;
  }
  if (!findExecutable("pulumi-language-nodejs", [dirname(bin), ...folders])) {
    log(
      `Passing over ${bin}: pulumi-language-nodejs, which runs TypeScript programs, is neither beside it nor on PATH.`,
    );
    return undefined;
  }
  const path = [dirname(bin), process.env.PATH, sdkFolder].join(delimiter);
  return { bin, version, how: `${bin}, from PATH`, env: { PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true" } };
}
