import { perOwner } from "../value/per-owner";
import type { Identity } from "./api";
import type { Client } from "./client";

/**
 * Asks the API once per client whom the token stands for; a failed answer is asked for again. An account for which calls
 * are made is of the organization of the token that may do so.
 */
export function identity(client: Client): Promise<Identity> {
  const known = knownOf(client);
  if (known.identity) return known.identity;
  const asked = ask(client);
  known.identity = asked;
  asked.catch(() => {
    known.identity = undefined;
  });
  return asked;
}

const knownOf = perOwner((_: Client): { identity?: Promise<Identity> | undefined } => ({}));

async function ask(client: Client): Promise<Identity> {
  const { actor, api } = client;
  if (actor) return { ...(await identity(actor.given)), subjectId: actor.accountId };
  return api.identify((method) => client.call(method, {}));
}
