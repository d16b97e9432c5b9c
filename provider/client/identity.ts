import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { perOwner } from "../value/per-owner";
import type { Client } from "./client";

/** Whom the token stands for. */
export interface Identity {
  readonly organizationId: string;
  /** The id of the user or service account. */
  readonly subjectId: string;
}

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
  const { actor } = client;
  if (actor) return { ...(await identity(actor.given)), subjectId: actor.accountId };
  const answer = await client.call(IdentityService.method.getAuthenticatedIdentity, {});
  return {
    organizationId: answer.organizationId,
    subjectId: answer.subject?.id ?? "",
  };
}
