import { baseUrl } from "./base-url";
import { hostKey, hostSetting, type Origin, tokenKey, tokenSetting } from "./setting";

/** Who calls the API and where: the token, the address, and the setting that each came from. */
export type Account = Origin & {
  readonly token: string;
  /** Ends in `/api`, without a slash behind it. */
  readonly baseUrl: string;
};

/** What the provider's config says about the account; an empty string counts as not set. */
export type AccountConfig = Pick<Origin, "provider" | "isStored"> & {
  readonly token?: string | undefined;
  readonly host?: string | undefined;
};

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Resolves the token and the base URL from the provider's config, then the environment.
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
export function resolveAccount(config: AccountConfig, env: Variables): Account {
  const settings: Variables = { ...env, [tokenKey]: config.token, [hostKey]: config.host };
  const source = sources.find(({ from }) => tokenIn(settings[from]) !== "");
  const { provider } = config;
  if (source === undefined) {
    const how =
      provider === undefined ? `it with "pulumi config set --secret ${tokenKey}"` : tokenSetting({ provider });
    throw new Error(
      `No token is set: set ${how}, or set one of the environment variables ${listed(sources.slice(1).map(({ from }) => from))}.`,
    );
  }
  const token = tokenIn(settings[source.from]);
  const isConfigured = source.from === tokenKey;
  const tokenFrom = isConfigured ? tokenSetting({ provider }) : source.from;
  const from = { tokenFrom, provider, isStored: isConfigured && config.isStored === true };
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Error(
      `The token in ${tokenFrom} has whitespace or other characters inside that no token has: set it to the token alone.`,
    );
  }
  const stated = [hostKey, ...source.hosts].find((name) => (settings[name] ?? "").trim() !== "");
  if (stated === undefined) return { token, baseUrl: source.home, ...from };
  const hostFrom = stated === hostKey ? hostSetting({ provider }) : stated;
  return { token, baseUrl: baseUrl(settings[stated] ?? "", hostFrom), hostFrom, ...from };
}

const gitpod = { hosts: ["GITPOD_BASE_URL"], home: "https://app.gitpod.io/api" };
const ona = { hosts: ["ONA_BASE_URL", "ONA_HOST"], home: "https://app.ona.com/api" };

const sources = [
  { from: tokenKey, hosts: [...gitpod.hosts, ...ona.hosts], home: gitpod.home },
  { from: "GITPOD_API_KEY", ...gitpod },
  { from: "GITPOD_TOKEN", ...gitpod },
  { from: "ONA_API_KEY", ...ona },
  { from: "ONA_TOKEN", ...ona },
];

function tokenIn(value = ""): string {
  return value.trim().replace(/^Bearer(\s+|$)/i, "");
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
