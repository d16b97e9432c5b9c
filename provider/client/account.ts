import { type Api, apis, type Setting } from "./api";
import { baseUrl } from "./base-url";
import { hostSetting, keyOf, type Origin, tokenSetting } from "./setting";

/** Who calls an API and where: the token, the address, and the setting that each came from. */
export type Account = Origin & {
  readonly token: string;
  /** Without a slash behind it. */
  readonly baseUrl: string;
};

/** What the provider's config says about its accounts; an empty string counts as not set. */
export type AccountConfig = Pick<Origin, "provider" | "isStored"> & {
  readonly [name in Setting]?: string | undefined;
};

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Resolves the token and the base URL for an API from the provider's config, then the environment; what is set for the
 * other API does not count.
 *
 * The first token that is set counts: `gitpod:token`, `GITPOD_API_KEY`, `GITPOD_TOKEN`, `ONA_API_KEY`, `ONA_TOKEN`.
 * `gitpod:host` states the host for any token. A host variable states it for its own product's tokens and for a
 * configured token, never for the other product's: with only `GITPOD_TOKEN` and `ONA_HOST` set, the token goes to
 * Gitpod, because two variables that were set for two products must not send a credential from one to the other.
 * Without a stated host a `GITPOD_*` or configured token goes to `https://app.gitpod.io/api`, an `ONA_*` token to
 * `https://app.ona.com/api`.
 *
 * @throws Error one sentence that names what to set, and never a value.
 */
export function resolveAccount(config: AccountConfig, env: Variables, api: Api = apis.index): Account {
  const [tokenKey, hostKey] = [keyOf(api.token), keyOf(api.host)];
  const settings: Variables = { ...env, [tokenKey]: config[api.token], [hostKey]: config[api.host] };
  const sources = sourcesOf(api);
  const source = sources.find(({ from }) => tokenIn(settings[from]) !== "");
  const { provider } = config;
  if (source === undefined) {
    const how =
      provider === undefined ? `it with "pulumi config set --secret ${tokenKey}"` : tokenSetting({ provider, api });
    const variables = sources.slice(1).map(({ from }) => from);
    const others = api.otherTokens === undefined ? "" : ` ${api.otherTokens}.`;
    throw new Error(`${api.noToken}: set ${how}, or set ${listed(variables)}.${others}`);
  }
  const token = tokenIn(settings[source.from]);
  const isConfigured = source.from === tokenKey;
  const tokenFrom = isConfigured ? tokenSetting({ provider, api }) : source.from;
  const from = { api, tokenFrom, provider, isStored: isConfigured && config.isStored === true };
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Error(
      `The token in ${tokenFrom} has whitespace or other characters inside that no token has: set it to the token alone.`,
    );
  }
  const stated = [hostKey, ...source.hosts].find((name) => (settings[name] ?? "").trim() !== "");
  if (stated === undefined) return { token, baseUrl: `${source.home}${api.path}`, ...from };
  const hostFrom = stated === hostKey ? hostSetting({ provider, api }) : stated;
  return { token, baseUrl: baseUrl(settings[stated] ?? "", hostFrom, api), hostFrom, ...from };
}

/** Where a token may come from, and which hosts may be stated for it. */
function sourcesOf({ token, products }: Api) {
  const hosts = products.flatMap((product) => product.hosts);
  const variables = products.flatMap(({ tokens, ...product }) => tokens.map((from) => ({ from, ...product })));
  return [{ from: keyOf(token), hosts, home: products[0].home }, ...variables];
}

function tokenIn(value = ""): string {
  return value.trim().replace(/^Bearer(\s+|$)/i, "");
}

function listed(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return `the environment variable ${first}`;
  return `one of the environment variables ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
