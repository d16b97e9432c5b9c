import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Assumption, Need } from "../../probe/assumption";
import { assumptions } from "../../probe/assumptions";
import { reportOf } from "../../probe/run/report";
import { obstacleTo, runProbes } from "../../probe/run/run-probes";
import type { Outcome } from "../../probe/run/trial";
import { hint } from "../../provider/check/suggestion";
import { apis } from "../../provider/client/api";
import { connect } from "../../provider/client/client";
import { systemClock } from "../../provider/value/clock";
import { accountOf, hasToken } from "../account";
import { exitCodes } from "../exit-codes";
import { signalsOfInterrupts } from "../interrupt";
import { isConfirmed } from "./confirm";
import { lines, listing } from "./summary";

/** What somebody wants to have tried, and how. */
export interface Options {
  readonly environments: boolean;
  readonly organization: boolean;
  readonly yes: boolean;
  readonly list: boolean;
  readonly only?: readonly string[];
  readonly project?: string;
  readonly environmentClass?: string | undefined;
  /** How long one call may take. */
  readonly seconds: number;
  readonly out?: string;
}

/** Says what is wrong with options, in a sentence. */
export function refusalOf({ only = [], seconds, out, organization, yes, list }: Options): string | undefined {
  const known = assumptions.map(({ id }) => id);
  const unknown = only.find((id) => !known.includes(id));
  if (unknown !== undefined)
    return `--only ${unknown}: no assumption has that id; --list shows all${hint(unknown, known)}`;
  if (!(seconds > 0)) return "--timeout: a number of seconds is needed";
  if (out !== undefined && !existsSync(dirname(resolve(out)))) return `--out ${out}: there is no such folder`;
  if (organization && !yes && !list && !process.stdin.isTTY)
    return "--organization: nobody can be asked here, so state --yes as well";
  return undefined;
}

/** Tries the assumptions, tells what came of it, and returns the exit code. */
export async function probe(options: Options): Promise<number> {
  const { only, out } = options;
  const wanted = assumptions.filter(({ id }) => only === undefined || only.includes(id));
  const experimental = hasToken(apis.experimental) ? accountOf(apis.experimental) : undefined;
  const allowed = new Set<Need>(needs.filter((need) => options[need]));
  if (options.list) return list(wanted, { allowed, hasClassic: experimental !== undefined });
  const index = accountOf(apis.index);
  const [stop, leave] = signalsOfInterrupts();
  const tell = (line: string): boolean => process.stderr.write(`${line}\n`);
  if (options.organization && !options.yes && !(await isConfirmed(wanted, stop))) {
    if (stop.aborted) return exitCodes.interrupted;
    tell("No yes: what touches the organization is left out.");
    allowed.delete("organization");
  }
  const outcome = await runProbes({
    clients: { index: connect(index), ...(experimental && { experimental: connect(experimental) }) },
    assumptions: wanted,
    allowed,
    projectId: options.project,
    environmentClassId: options.environmentClass,
    timeoutMs: options.seconds * 1000,
    clock: systemClock,
    stop,
    leave,
    tell,
  });
  process.stdout.write(lines(outcome, { index, experimental: experimental ?? index }));
  const secrets = [index.token, ...(experimental ? [experimental.token] : [])];
  if (out !== undefined) {
    writeFileSync(out, `${JSON.stringify(reportOf(outcome, index.baseUrl, secrets), null, 2)}\n`);
    tell(`The report is in ${out}.`);
  }
  return codeFor(outcome, stop);
}

const needs = ["environments", "organization"] as const;

function codeFor({ results, left }: Outcome, stop: AbortSignal): number {
  if (left.length > 0) return exitCodes.left;
  if (stop.aborted) return exitCodes.interrupted;
  if (results.some(({ finding }) => finding.outcome === "refuted")) return exitCodes.refuted;
  return results.some(({ finding }) => finding.outcome === "confirmed") ? exitCodes.done : exitCodes.missing;
}

function list(wanted: readonly Assumption[], has: Parameters<typeof obstacleTo>[1]): number {
  process.stdout.write(
    listing(wanted.map((assumption) => ({ assumption, obstacle: obstacleTo(assumption.probe, has) }))),
  );
  return exitCodes.done;
}
