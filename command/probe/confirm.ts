import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Assumption } from "../../probe/assumption";

/** Says what would be changed for the whole organization, and asks whether that may be. */
export async function isConfirmed(
  wanted: readonly Assumption[],
  signal: AbortSignal,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  const changes = wanted.flatMap(({ probe }) =>
    "run" in probe && probe.needs.includes("organization") ? probe.makes : [],
  );
  if (changes.length === 0) return true;
  // A terminal that edits lines would take the Ctrl-C for itself.
  const terminal = createInterface({ input, output, terminal: false });
  // Whoever ends the input, as a Ctrl-D does, answers nothing.
  const end = once(terminal, "close", { signal }).then(() => undefined);
  try {
    const question = terminal.question(
      `These are made or changed in the organization for moments: ${[...new Set(changes)].join("; ")}.\nGo on? Only "yes" counts: `,
      { signal },
    );
    const answer = await Promise.race([question, end]);
    if (answer === undefined) output.write("\n");
    return answer?.trim().toLowerCase() === "yes";
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}

/** Where somebody is asked. */
interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}
