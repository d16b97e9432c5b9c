import { join } from "node:path";
import { run } from "../run";
import { cacheFolder } from "./cache-folder";
import type { Log } from "./cli";
import { makeOnce } from "./make-once";
import { testedVersion } from "./version";

/** What is installed together, and the name of the folder with it, which has the versions. */
export interface PythonPackages {
  readonly name: string;
  readonly packages: readonly string[];
}

/** What a generated SDK for Python imports. */
const ofPulumi: PythonPackages = {
  name: `pulumi-${testedVersion}`,
  packages: [`pulumi==${testedVersion}`, "parver"],
};

/** The vendor's newest client. */
export const ofVendor: PythonPackages = { name: "gitpod-sdk-1.2.0", packages: ["gitpod-sdk==1.2.0"] };

/** Returns a folder for PYTHONPATH with packages, kept in the user's cache. Fails where no package index answers. */
export async function pythonPackages(log: Log, { name, packages } = ofPulumi): Promise<string> {
  const { stdout } = await succeed(["--version"]);
  const folder = join(cacheFolder(), `${stdout.trim().replace(" ", "-")}-${name}`);
  await makeOnce(
    folder,
    async (unfinished) => {
      await succeed([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--retries=0",
        "--timeout=10",
        "--target",
        unfinished,
        ...packages,
      ]);
    },
    log,
  );
  return folder;
}

async function succeed(args: string[]) {
  const ran = await run("python3", args);
  if (ran.code !== 0) throw new Error(`python3 ${args.join(" ")} failed:\n${ran.stderr.trim()}`);
  return ran;
}
