import { type Api, apis, type Setting } from "./api";

/** Where an account came from. */
export interface Origin {
  /** The API that the account is for; that of the module `index` if missing. */
  readonly api?: Api | undefined;
  /** What holds the token, in words: a setting, a variable, or an argument of a provider. */
  readonly tokenFrom?: string | undefined;
  /** What states the host; missing when the product's own host is used. */
  readonly hostFrom?: string | undefined;
  /** The name of the program's own provider whose arguments count; missing where the stack's settings do. */
  readonly provider?: string | undefined;
  /** Whether a refresh and a destroy take the token from the state, as the last update has left it. */
  readonly isStored?: boolean | undefined;
}

/** Names a setting as the configuration of a stack does. */
export const keyOf = (setting: Setting): `gitpod:${Setting}` => `gitpod:${setting}`;

/** Names the setting that the host came from, or the one to set. */
export const hostSetting = ({ hostFrom, provider, api = apis.index }: Origin): string =>
  hostFrom ?? argument(api.host, provider) ?? keyOf(api.host);

/** Names the setting that the token came from, or the one to set. */
export const tokenSetting = ({ tokenFrom, provider, api = apis.index }: Origin): string =>
  tokenFrom ?? argument(api.token, provider) ?? keyOf(api.token);

const argument = (name: Setting, provider: string | undefined): string | undefined =>
  provider === undefined ? undefined : `\`${name}\` of the provider ${provider}`;

/** Says what else it takes for another token to count, with a space before it; nothing where it counts at once. */
export const beforeItCounts = ({ isStored, provider }: Origin): string =>
  isStored
    ? ` pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them, while the program still declares ${provider === undefined ? "a resource that uses it" : `the provider ${provider}`}.`
    : "";
