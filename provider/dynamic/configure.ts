import type { dynamic } from "@pulumi/pulumi";
import { settings } from "../client/api";
import { keyOf } from "../client/setting";
import { createMemory } from "../model/run-memory";
import { type Connection, laterConnection } from "../pulumi/connection";
import { collectEarly } from "../pulumi/garbage";
import { openConnection } from "../pulumi/open-connection";
import { received } from "../pulumi/value";

/**
 * Connects once for the process, as its configuration says, which Pulumi hands over for each kind anew. Pulumi calls
 * other methods before this has finished and after it has failed, so that it never throws: whoever needs the connection
 * waits for it, and gets the error there.
 */
export function configure({ config }: dynamic.ConfigureRequest): void {
  if (!settle) return;
  const stored = Object.fromEntries(settings.map((name) => [name, received(config.get(keyOf(name)))]));
  settle(openConnection({ stored, provider: config.get("gitpod:provider") }));
  settle = undefined;
  collectEarly();
}

let settle: ((connection: Connection) => void) | undefined;

/** What this process knows of the one run that it serves. */
export const memory = createMemory();

/** The connection of this process. */
export const connection = laterConnection(
  new Promise((resolve) => {
    settle = resolve;
  }),
);
