import { type Account, type AccountConfig, resolveAccount } from "../provider/client/account";
import type { Api } from "../provider/client/api";

/**
 * Resolves the account of an API from environment variables, and from what a stack states beside them. Words about it
 * name variables, since no command reads the secrets of a stack.
 *
 * @throws Error one sentence that names what to set, and never a value.
 */
export function accountOf(api: Api, config: AccountConfig = {}): Account {
  if (!hasToken(api)) throw new Error(`${api.noToken}: set the environment variable ${variablesOf(api)[0]}.`);
  const account = resolveAccount(config, process.env, api);
  const product = api.products.find(({ tokens }) => tokens.some((name) => name === account.tokenFrom));
  const [hostFrom] = (product ?? api.products[0]).hosts;
  return { hostFrom, ...account };
}

/** Whether a variable states a token of an API. */
export const hasToken = (api: Api): boolean => variablesOf(api).some((name) => (process.env[name] ?? "").trim() !== "");

const variablesOf = ({ products }: Api): string[] => products.flatMap(({ tokens }) => [...tokens]);
