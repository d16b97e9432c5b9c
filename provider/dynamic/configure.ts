import type { dynamic } from "@pulumi/pulumi";
import type { Client } from "../client/client";
import { createMemory } from "../model/run-memory";
import { connectionOf, openConnection } from "../pulumi/connection";
import { received } from "../pulumi/value";

/**
 * Connects once for the process, as its configuration says, which Pulumi hands over for each kind anew. Pulumi calls
 * other methods before this has finished and after it has failed, so that it never throws: whoever needs the connection
 * waits for it, and gets the error there.
 */
export function configure({ config }: dynamic.ConfigureRequest): void {
  const [token, host] = ["gitpod:token", "gitpod:host"].map((key) => received(config.get(key)));
  const provider = config.get("gitpod:provider");
  settle?.(openConnection({ token: token!, host: host!, provider, isStored: true }).client);
  settle = undefined;
}

let settle: ((client: Promise<Client | undefined>) => void) | undefined;

/** What this process knows of the one run that it serves. */
export const memory = createMemory();

/** The connection of this process. */
export const connection = connectionOf(
  new Promise<Client | undefined>((resolve) => {
    settle = resolve;
  }),
);
