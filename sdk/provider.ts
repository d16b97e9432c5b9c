import { type Input, type Output, output, ProviderResource, type ResourceOptions, secret } from "@pulumi/pulumi";

/** The arguments of a {@link Provider}; what is left out comes from the environment variables. */
export interface ProviderArgs {
  /** The token to call the API with: a personal access token or one of a service account. Kept as a secret. */
  readonly token?: Input<string | undefined> | undefined;

  /** The host of the API, such as `app.gitpod.io` or `https://gitpod.example.com/api`. */
  readonly host?: Input<string | undefined> | undefined;
}

/**
 * Another account or host than that of the stack's config, for some resources of a program.
 *
 * Hand it to resources with the option `provider`, to those inside a component with `providers`, and to functions with
 * `provider`. Changed arguments, and moving a resource from one provider to another, replace nothing.
 *
 * @example
 * ```ts
 * const staging = new gitpod.Provider("staging", { token: config.requireSecret("stagingToken") });
 * const group = new gitpod.Group("reviewers", { organizationId, name: "Reviewers" }, { provider: staging });
 * ```
 */
export class Provider extends ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: ResourceOptions) {
    const token = args.token === undefined ? undefined : secret(args.token);
    // Providers of this package run in Pulumi's own dynamic provider, whose config these keys become.
    super("pulumi-nodejs", name, { "gitpod:token": token, "gitpod:host": args.host }, opts);
    accounts.set(this, output({ token, host: args.host }));
  }
}

/** What an explicit provider says about its account; absent for providers that are not of this package. */
export function accountOf(provider: ProviderResource): Output<ProviderAccount> | undefined {
  return accounts.get(provider);
}

/** The arguments of a provider once they are known. */
export type ProviderAccount = { readonly token: string | undefined; readonly host: string | undefined };

// Kept beside the class, so that no token is a property that a program might export.
const accounts = new WeakMap<ProviderResource, Output<ProviderAccount>>();
