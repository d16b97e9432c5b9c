import type { Assumption } from "../../probe/assumption";
import type { Finding } from "../../probe/finding";
import type { Left } from "../../probe/run/clean-up";
import type { Outcome, Result } from "../../probe/run/trial";
import { commandFor } from "../../probe/run/undo";
import type { Account } from "../../provider/client/account";
import { paint } from "../paint";

/** Writes a line for each assumption, the counts, what would help, and what stays with the command that removes it. */
export function lines({ results, denied, left }: Outcome, accounts: Accounts): string {
  const count = (outcome: Finding["outcome"]): number =>
    results.filter(({ finding }) => finding.outcome === outcome).length;
  return `${[
    ...results.map(lineOf),
    "",
    `${count("confirmed")} confirmed, ${count("refuted")} refuted, ${count("notTried")} not tried.`,
    ...(denied > 0
      ? [`${denied} for lack of a right: a token of an administrator that may write finds out more.`]
      : []),
    ...(count("notTried") === results.length ? ["Nothing was found out."] : []),
    ...(left.length === 0 ? [] : ["", "Could not be removed:"]),
    ...left.flatMap((each) => remainder(each, accounts)),
  ].join("\n")}\n`;
}

/** The accounts that undo what is left, by the API. */
type Accounts = Readonly<Record<"index" | "experimental", Pick<Account, "baseUrl" | "tokenFrom">>>;

function lineOf({ assumption: { id, assumes }, finding }: Result): string {
  if (finding.outcome === "confirmed") return `${paint("green", "✓")} ${id}: ${assumes}`;
  if (finding.outcome === "refuted") return `${paint("red", "✗")} ${id}: ${assumes} Seen: ${finding.seen}.`;
  return `– ${id}: ${phrase(finding.why)}`;
}

function remainder({ entry, why, undo }: Left, accounts: Accounts): string[] {
  const title = "what" in entry ? entry.what : [entry.definition.kind, entry.name, ...entry.ids].join(" ");
  const { baseUrl: host, tokenFrom = "GITPOD_API_KEY" } = accounts[entry.api];
  const commands = undo.map((call) => `    ${commandFor(call, { host, tokenFrom })}`);
  const unknown = `    nobody knows whether it was made: look for its name`;
  return [`  ${title}: ${why}`, ...(commands.length > 0 ? commands : [unknown])];
}

/** Writes a line for each assumption: what finding it out makes, or why it would not be tried. */
export const listing = (
  all: readonly { readonly assumption: Assumption; readonly obstacle: string | undefined }[],
): string =>
  `${all
    .map(({ assumption: { id, probe }, obstacle }) => {
      const makes = "run" in probe && probe.makes.length > 0 ? `makes ${probe.makes.join(", ")}` : "makes nothing";
      return obstacle === undefined ? `${id}: ${makes}` : `${id}: not tried, since ${phrase(obstacle)}`;
    })
    .join("\n")}\n`;

/** A sentence as it goes on after other words. */
const phrase = (sentence: string): string =>
  sentence.replace(/\.$/, "").replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());
