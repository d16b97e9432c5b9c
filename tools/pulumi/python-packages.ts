import { join } from "node:path";
import { run } from "../run";
import { cacheFolder } from "./cache-folder";
import type { Log } from "./cli";
import { makeOnce } from "./make-once";
import { testedVersion } from "./version";

/** What a generated SDK for Python imports. */
const packages = [`pulumi==${testedVersion}`, "parver"];

/** Returns a folder for PYTHONPATH with Pulumi's packages, kept in the user's cache. Fails where no package index answers. */
export async function pythonPackages(log: Log): Promise<string> {
  const { stdout } = await succeed(["--version"]);
  const folder = join(cacheFolder(), `${stdout.trim().replace(" ", "-")}-pulumi-${testedVersion}`);
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
