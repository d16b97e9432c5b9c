import type { OfModule } from "../client/api";
import type { Client } from "../client/client";

/** The ways of one provider to the APIs, which may be known later, or never. */
export interface Connection {
  /**
   * Returns the client of the API of a kind or a function, which is opened for the first of them; undefined while its token
   * or its host is not known, in a preview. Rejects where its account is wrong.
   */
  readonly client: (of: OfModule) => Promise<Client | undefined>;
  /** The state that the provider is in, where Pulumi tells. */
  readonly stateId?: Promise<string | undefined>;
  /** Why that API does not accept the token; undefined where it does, or where that is not known yet. */
  readonly refusal: (of: OfModule) => Promise<string | undefined>;
}

/** Returns a connection that comes later. */
export const laterConnection = (coming: Promise<Connection>): Connection => ({
  client: async (of) => (await coming).client(of),
  stateId: coming.then(({ stateId }) => stateId),
  refusal: async (of) => (await coming).refusal(of),
});
