import { run } from "../run";
import type { Log } from "./cli";

/** What Go builds: a package as the `go.mod` in a folder pins it. */
export interface GoBuild {
  /** Its name, to be read by a person who waits. */
  title: string;
  folder: string;
  package: string;
  /** The version of Pulumi that it says it has; nothing for what is not Pulumi's. */
  version?: string;
}

const signOfLifeMilliseconds = 15_000;

/** Builds an executable; a line tells that it goes on, and one that it has ended. */
export async function goBuild(build: GoBuild, executable: string, log: Log): Promise<void> {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const alive = setInterval(() => log(`  … building ${build.title} (${seconds()} s)`), signOfLifeMilliseconds);
  const says = build.version && ` -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${build.version}`;
  const flags = `-s -w${says ?? ""}`;
  try {
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", executable, build.package];
    const ran = await run("go", args, { cwd: build.folder });
    if (ran.code !== 0) throw new Error(`Go could not build ${build.title}:\n${ran.stderr.trim()}`);
  } finally {
    clearInterval(alive);
  }
  log(`  built ${build.title} (${seconds()} s)`);
}
