import type { Cli } from "./cli";
import { findPulumi } from "./find-pulumi";

const found = "PULUMI_GITPOD_TEST_CLI";
const missing = "PULUMI_GITPOD_TEST_NO_CLI";

/** Environment variables that hand a found CLI, or the reason why there is none, to the processes that run tests. */
export function cliEnvironment(cli: Cli | string): Record<string, string> {
  return typeof cli === "string" ? { [missing]: cli } : { [found]: JSON.stringify(cli) };
}

/** The CLI that the test command has found, or one found now where a test runs without that command. */
export async function handedCli(environment = process.env): Promise<Cli> {
  const { [found]: cli, [missing]: reason } = environment;
  if (reason) throw new Error(reason);
  return cli ? (JSON.parse(cli) as Cli) : findPulumi(() => {});
}
