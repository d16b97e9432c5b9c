import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build";
import { command } from "./command";
import { cliEnvironment } from "./pulumi/cli-environment";
import { findPulumi } from "./pulumi/find-pulumi";
import { root } from "./root";
import { runScript } from "./run";
import { type Counts, count, slowest } from "./test-counts";

command(async () => {
  const counts = await test(process.argv.slice(2)).catch((error: Error): Counts => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
});

/**
 * Builds what is stale, finds the CLI before any test's time runs, and runs jest with the arguments. With `--full` the
 * suites that multiply by kinds try all of them, and not a sample.
 */
async function test(all: string[]): Promise<Counts> {
  const args = all.filter((arg) => arg !== "--full");
  await build();
  const env = { ...process.env, ...(await engineEnvironment()), ...(args.length < all.length && { FAULTS_FULL: "1" }) };
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-test-"));
  try {
    const report = join(folder, "report.json");
    const jest = require.resolve("jest/bin/jest");
    const reporting = ["--json", `--outputFile=${report}`, "--maxWorkers=3"];
    const { code } = await runScript(jest, [...reporting, ...args], { cwd: root, env, show: true });
    console.log(["The slowest suites:", ...slowest(report)].join("\n"));
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a CLI the other tests still run; those of the engine fail with the reason. */
async function engineEnvironment(): Promise<Record<string, string>> {
  try {
    const cli = await findPulumi(console.log);
    console.log(`Testing with Pulumi ${cli.version}, ${cli.how}.`);
    return cliEnvironment(cli);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(reason);
    return cliEnvironment(reason);
  }
}
