import { apis } from "../../provider/client/api";
import { own } from "../../provider/client/user-agent";
import type { Assumption } from "../assumption";
import type { Finding } from "../finding";
import type { Outcome } from "./trial";

/** What may be made public of a run: no tokens, no names, no ids of the account. */
export interface Report {
  readonly provider: string;
  /** The product, where its own host was asked. */
  readonly host: string;
  readonly confirmed: number;
  readonly refuted: number;
  readonly notTried: number;
  /** How many objects could not be removed. */
  readonly left: number;
  readonly findings: readonly (Pick<Assumption, "id" | "assumes"> & Finding)[];
}

/** Returns the report of a run against a host. */
export function reportOf({ results, left, known }: Outcome, baseUrl: string, secrets: readonly string[]): Report {
  const clean = cleaner([...known, ...secrets]);
  const count = (outcome: Finding["outcome"]): number =>
    results.filter(({ finding }) => finding.outcome === outcome).length;
  return {
    provider: `${own.name} ${own.version}`,
    host:
      Object.values(apis)
        .flatMap(({ products }) => products.map(({ home }) => home))
        .find((home) => baseUrl.startsWith(home)) ?? "another",
    confirmed: count("confirmed"),
    refuted: count("refuted"),
    notTried: count("notTried"),
    left: left.length,
    findings: results.map(({ assumption: { id, assumes }, finding }) => ({ id, assumes, ...cleaned(finding, clean) })),
  };
}

function cleaned(finding: Finding, clean: (text: string) => string): Finding {
  if (finding.outcome === "refuted") return { ...finding, seen: clean(finding.seen) };
  return finding.outcome === "notTried" ? { ...finding, why: clean(finding.why) } : finding;
}

/** Returns what takes ids, addresses and known texts out of a text. Probes say none; this holds for what they overlook. */
function cleaner(known: readonly string[]): (text: string) => string {
  const texts = known.filter((text) => text.length > 2).sort((a, b) => b.length - a.length);
  return (text) =>
    texts
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, "…"), text)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "…")
      .replaceAll(/[^\s"'<>@]+@[^\s"'<>@]+|https?:\/\/[^\s"']+/g, "…");
}
