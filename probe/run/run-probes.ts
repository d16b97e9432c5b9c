import { Code, ConnectError } from "@connectrpc/connect";
import type { Need, Probe } from "../assumption";
import { type Finding, notTried } from "../finding";
import { cleanUp } from "./clean-up";
import { openLedger } from "./ledger";
import { openPlace } from "./place";
import type { Outcome, Result, Trial } from "./trial";

/**
 * Tries one assumption after the other, and removes after each what it has made. Rejects only where the account cannot
 * be reached, before anything is made.
 */
export async function runProbes(trial: Trial): Promise<Outcome> {
  const { stop, leave, tell, assumptions } = trial;
  const ledger = openLedger(tell);
  let failedCall = "";
  const { bench, cleaning } = await openPlace(trial, ledger, (call) => {
    failedCall = call;
  });
  const results: Result[] = [];
  let halted: string | undefined;
  let silences = 0;
  let denied = 0;

  const tried = async (probe: Probe): Promise<Finding> => {
    try {
      const finding = await probe.run(bench);
      silences = 0;
      // A token that was revoked, or a service that went away, answers nothing about the assumption.
      if (finding.outcome === "refuted") await bench.client.api.identify((method) => bench.call(method, {}));
      return finding;
    } catch (error) {
      if (stop.aborted) return notTried(interrupted);
      if (!(error instanceof ConnectError)) {
        tell(`failed: ${error instanceof Error ? error.message : String(error)}`);
        return notTried(error instanceof Error ? `the probe failed with ${error.name}` : "the probe failed");
      }
      tell(`failed: ${bench.client.explain(failedCall, error).message}`);
      if (error.code === Code.PermissionDenied) denied += 1;
      const isSilent = [Code.Unavailable, Code.DeadlineExceeded].includes(error.code);
      silences = isSilent ? silences + 1 : 0;
      if (silences === most) halted = "the service did not answer any more";
      if (error.code === Code.Unauthenticated && !(await isSignedIn())) halted = "the token was not valid any more";
      return notTried(halted ?? `${failedCall} was answered ${Code[error.code]}`);
    }
  };

  const isSignedIn = (): Promise<boolean> =>
    bench.client.api
      .identify((method) => bench.call(method, {}))
      .then(
        () => true,
        (error) => ConnectError.from(error).code !== Code.Unauthenticated,
      );

  const has = { allowed: trial.allowed, hasClassic: bench.classic !== undefined };
  for (const assumption of assumptions) {
    const reason = obstacleTo(assumption.probe, has) ?? (stop.aborted ? interrupted : halted);
    if (reason === undefined) tell(assumption.id);
    const finding =
      "run" in assumption.probe && reason === undefined ? await tried(assumption.probe) : notTried(reason ?? "");
    results.push({ assumption, finding });
    if (!leave.aborted) await cleanUp(ledger, cleaning);
  }
  // What did not go at once may go now.
  return { results, denied, left: await cleanUp(ledger, cleaning), known: ledger.known };
}

/** How many probes in a row may find nobody who answers. */
const most = 3;

const interrupted = "it was interrupted";

/** Returns why something cannot be tried. */
export function obstacleTo(
  probe: Result["assumption"]["probe"],
  { allowed, hasClassic }: { readonly allowed: ReadonlySet<Need>; readonly hasClassic: boolean },
): string | undefined {
  if ("cannot" in probe) return probe.cannot;
  if (probe.needs.includes("classic") && !hasClassic) return "it needs an account of Gitpod Classic";
  const missing = probe.needs.filter((need) => need !== "classic" && !allowed.has(need));
  return missing.length === 0 ? undefined : `it needs ${missing.map((need) => `--${need}`).join(" and ")}`;
}
