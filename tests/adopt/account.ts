import type { Inventory } from "../../adopt/inventory";
import { type Clients, readInventory } from "../../adopt/read";
import { classicTokens, type Emulator, tokens } from "../../emulator";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { type Filled, type Filling, fill } from "./world";

/** An organization that has been in use, over HTTP. */
export interface Account extends Filled {
  readonly emulator: Emulator;
  readonly host: string;
  /** What commands and programs find it by. */
  readonly env: Record<string, string>;
}

/** Fills an organization, which is there until the test ends. */
export async function openAccount(filling: Filling): Promise<Account> {
  const { emulator, host, close } = await openEmulator();
  afterTest(close);
  const filled = await fill(emulator, filling);
  const env = {
    GITPOD_BASE_URL: host,
    GITPOD_API_KEY: tokens.owner,
    GITPOD_CLASSIC_HOST: host,
    GITPOD_CLASSIC_TOKEN: classicTokens.owner,
  };
  return { ...filled, emulator, host, env };
}

/** The clients of an account, with a token of its organization. */
export const clientsOf = ({ emulator, host }: Account, token: string = tokens.owner): Clients => ({
  index: createClient(emulator.transport(token), { host: `${host}/api`, api: apis.index }),
  experimental: createClient(emulator.transport(classicTokens.owner), { host, api: apis.experimental }),
});

/** Reads an account. */
export const inventoryOf = (account: Account): Promise<Inventory> => readInventory(clientsOf(account));

/** The texts in which a canary stands, with the canary. */
export const toldIn = (canaries: readonly string[], texts: Readonly<Record<string, string>>): string[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    canaries.flatMap((canary) => (text.includes(canary) ? [`${name}: ${canary}`] : [])),
  );
