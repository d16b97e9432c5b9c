import { type AccountConfig, resolveAccount } from "../client/account";
import { type Api, apiOf, type Setting } from "../client/api";
import { type Client, connect } from "../client/client";
import { identity } from "../client/identity";
import { isUnknown, type Json } from "../value/json";
import { perOwner } from "../value/per-owner";
import { callLog } from "./call-log";
import type { Connection } from "./connection";

/** What Pulumi hands over about the accounts. */
export interface Configuration {
  /** What the state holds, as far as anything is stored. */
  readonly stored: Settings;
  /** The stack's settings as they are now, which count first. */
  readonly current?: Settings;
  /** The name of the program's own provider that this is. */
  readonly provider?: string | undefined;
}

/** The values of settings, as far as they are stated. */
export type Settings = { readonly [name in Setting]?: Json };

/** Returns the connection that a configuration describes; whoever first needs an API has it asked whom its token stands for. */
export function openConnection(configuration: Configuration): Connection {
  const clientOf = perOwner((api: Api): Promise<Client | undefined> => {
    const client = open(configuration, api);
    // Whoever needs the client waits for it, and gets the error there.
    client.catch(() => undefined);
    return client;
  });
  return {
    client: (of) => clientOf(apiOf(of)),
    refusal: (of) => refusalOf(clientOf(apiOf(of))),
  };
}

async function open({ stored, current = {}, provider }: Configuration, api: Api): Promise<Client | undefined> {
  const [token, host] = [api.token, api.host].map((name) => current[name] ?? stored[name]);
  if (isUnknown(token) || isUnknown(host)) return undefined;
  const config: AccountConfig = {
    [api.token]: text(token),
    [api.host]: text(host),
    provider,
    isStored: current[api.token] === undefined,
  };
  const client = connect(resolveAccount(config, process.env, api), { tell: callLog() });
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

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
