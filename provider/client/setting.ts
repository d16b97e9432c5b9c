/** Where an account came from. */
export interface Origin {
  /** What holds the token, in words: a setting, a variable, or an argument of a provider. */
  readonly tokenFrom?: string | undefined;
  /** What states the host; missing when the product's own host is used. */
  readonly hostFrom?: string | undefined;
  /** The name of the program's own provider whose arguments count; missing where the stack's settings do. */
  readonly provider?: string | undefined;
  /** Whether a refresh and a destroy take the token from the state, as the last update has left it. */
  readonly isStored?: boolean | undefined;
}

/** The settings of a stack. */
export const tokenKey = "gitpod:token";
export const hostKey = "gitpod:host";

/** Names the setting that the host came from, or the one to set. */
export const hostSetting = ({ hostFrom, provider }: Origin): string =>
  hostFrom ?? argument("host", provider) ?? hostKey;

/** Names the setting that the token came from, or the one to set. */
export const tokenSetting = ({ tokenFrom, provider }: Origin): string =>
  tokenFrom ?? argument("token", provider) ?? tokenKey;

const argument = (name: string, provider: string | undefined): string | undefined =>
  provider === undefined ? undefined : `\`${name}\` of the provider ${provider}`;

/** Says what else it takes for another token to count, with a space before it; nothing where it counts at once. */
export const beforeItCounts = ({ isStored }: Origin): string =>
  isStored
    ? " pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them."
    : "";
