import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import type { Client } from "./client";

/** Whom the token stands for. */
export type Identity = {
  readonly organizationId: string;
  /** The id of the user or service account. */
  readonly subjectId: string;
};

/** Asks the API once per client whom the token stands for; a failed answer is asked for again. */
export function identity(client: Client): Promise<Identity> {
  const known = identities.get(client);
  if (known !== undefined) return known;
  const asked = ask(client);
  identities.set(client, asked);
  asked.catch(() => identities.delete(client));
  return asked;
}

const identities = new WeakMap<Client, Promise<Identity>>();

async function ask(client: Client): Promise<Identity> {
  const answer = await client.call(IdentityService.method.getAuthenticatedIdentity, {});
  return {
    organizationId: answer.organizationId,
    subjectId: answer.subject?.id ?? "",
  };
}
