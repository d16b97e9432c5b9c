import { buildPulumi, builtPulumi } from "./build-from-modules";
import type { Cli, Log } from "./cli";
import { installedRelease, installRelease } from "./install-release";
import { pulumiOnPath } from "./on-path";
import { testedVersion } from "./version";

/**
 * Finds a real Pulumi CLI, and gets one where there is none: the one on PATH if it is new enough, one that an earlier
 * run has put into the user's cache, the official release, or one built from source where Go is present.
 */
export async function findPulumi(log: Log): Promise<Cli> {
  const cli =
    (await pulumiOnPath(log)) ??
    (await installedRelease()) ??
    (await builtPulumi()) ??
    (await installRelease(log)) ??
    (await buildPulumi(log));
  if (cli) return cli;
  throw new Error(
    `There is no Pulumi CLI, and its installer is out of reach: install Pulumi ${testedVersion} or newer (https://www.pulumi.com/docs/install), or Go 1.25.11 or newer to have it built from source.`,
  );
}
