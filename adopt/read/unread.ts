import { ConnectError } from "@connectrpc/connect";
import type { Client } from "../../provider/client/client";
import type { Definition } from "../../provider/model/definition";
import type { Unread } from "../inventory";
import { titleOf } from "./kinds";

/** Why a list was not read to its end. */
export interface Failure {
  /** What was listed; empty for the whole organization. */
  readonly words: readonly string[];
  readonly error: unknown;
}

/** Says which of so many lists of a kind could not be read; once, where all say the same. */
export function unreadOf(
  definition: Definition,
  client: Client,
  failures: readonly Failure[],
  lists: number,
): Unread[] {
  const kind = titleOf(definition);
  const [first] = failures;
  const isAll = first && failures.length === lists && failures.every(({ error }) => isSame(error, first.error));
  return (isAll ? [{ words: [], error: first.error }] : failures).map(({ words, error }) => {
    const scope = words.length === 0 ? undefined : words.join(", ");
    const attempted = `could not list ${kind}${scope === undefined ? "" : ` of ${scope}`}`;
    return { kind, ...(scope !== undefined && { scope }), reason: client.explain(attempted, error).message };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((error) => ConnectError.from(error));
  return one?.code === other?.code && one?.rawMessage === other?.rawMessage;
}
