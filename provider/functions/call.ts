import { type AccountConfig, resolveAccount } from "../client/account";
import { type Client, connect } from "../client/client";
import type { Json, JsonObject } from "../json";
import * as functions from ".";
import type { FunctionDefinition } from "./define-function";
import { invoke } from "./invoke";

/**
 * Calls a function by its name, with the account that the config names or else the environment.
 *
 * @throws Error in words for the user.
 */
export async function call(name: string, request: JsonObject, config: AccountConfig): Promise<Json> {
  const definition: FunctionDefinition | undefined = Object.values(functions).find((each) => each.name === name);
  if (!definition) throw new Error(`There is no function ${name}.`);
  const client = clientFor(config);
  try {
    return await invoke(client, definition, request);
  } catch (error) {
    throw client.explain(name, error);
  }
}

/** Functions of one account share their connections. */
function clientFor(config: AccountConfig): Client {
  const account = resolveAccount(config, process.env);
  const key = JSON.stringify([account.baseUrl, account.token]);
  const client = clients.get(key) ?? connect(account);
  clients.set(key, client);
  return client;
}

const clients = new Map<string, Client>();
