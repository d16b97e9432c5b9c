import type { dynamic } from "@pulumi/pulumi";
import { resolveAccount } from "../client/account";
import { type Client, connect } from "../client/client";
import { identity } from "../client/identity";
import { isUnknown, type Json } from "../json";
import { received } from "./value";

/**
 * Connects once for the process, as its configuration says. Pulumi calls other methods before this has finished and
 * after it has failed, so that it never throws: whoever needs the connection waits for it, and gets the error there.
 */
export function configure({ config }: dynamic.ConfigureRequest): void {
  const token = received(config.get("gitpod:token"));
  const host = received(config.get("gitpod:host"));
  connected ??= isUnknown(token) || isUnknown(host) ? undefined : open(text(token), text(host));
  if (connected) settle(connected);
  else settle(Promise.resolve(undefined));
}

/** Returns the client; undefined while the configuration is not known, in a preview. */
export const connection = (): Promise<Client | undefined> => configured;

/** Returns why the API does not accept the token; undefined where it does, or where that is not known yet. */
export async function refusal(): Promise<string | undefined> {
  try {
    const client = await configured;
    if (client) await identity(client).catch((error) => Promise.reject(client.explain("could not sign in", error)));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

let connected: Promise<Client> | undefined;
let settle: (client: Promise<Client | undefined>) => void;
const configured = new Promise<Client | undefined>((resolve) => {
  settle = resolve;
});

async function open(token: string | undefined, host: string | undefined): Promise<Client> {
  const client = connect(resolveAccount({ token, host }, process.env));
  identity(client).catch(() => undefined);
  return client;
}

const text = (value: Json): string | undefined => (typeof value === "string" ? value : undefined);
