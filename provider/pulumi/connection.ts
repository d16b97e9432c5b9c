import { type AccountConfig, resolveAccount } from "../client/account";
import { type Client, connect } from "../client/client";
import { identity } from "../client/identity";
import type { Origin } from "../client/setting";
import { isUnknown, type Json } from "../value/json";

/** The way to the API of one provider, which may be known later, or never. */
export interface Connection {
  /** The client; undefined while token or host are not known, in a preview. Rejects where the account is wrong. */
  readonly client: Promise<Client | undefined>;
  /** The state that the provider is in, where Pulumi tells. */
  readonly stateId?: Promise<string | undefined>;
  /** Why the API does not accept the token; undefined where it does, or where that is not known yet. */
  readonly refusal: () => Promise<string | undefined>;
}

/** What the configuration says about the account, as Pulumi hands it over. */
export interface Configuration extends Pick<Origin, "provider" | "isStored"> {
  readonly token: Json;
  readonly host: Json;
}

/** Connects as the configuration says, and begins to ask whom the token stands for. */
export function openConnection({ token, host, ...origin }: Configuration): Connection {
  const isKnown = !isUnknown(token) && !isUnknown(host);
  return connectionOf(isKnown ? open({ token: text(token), host: text(host), ...origin }) : Promise.resolve(undefined));
}

/** Returns the connection of a client that may come later. */
export function connectionOf(client: Promise<Client | undefined>): Connection {
  // Whoever needs the connection waits for it, and gets the error there.
  client.catch(() => undefined);
  return { client, refusal: () => refusalOf(client) };
}

async function open(config: AccountConfig): Promise<Client> {
  const client = connect(resolveAccount(config, process.env));
  identity(client).catch(() => undefined);
  return client;
}

async function refusalOf(connecting: Promise<Client | undefined>): Promise<string | undefined> {
  try {
    const client = await connecting;
    if (client) await identity(client).catch((error) => Promise.reject(client.explain("could not sign in", error)));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const text = (value: Json): string | undefined => (typeof value === "string" ? value : undefined);
