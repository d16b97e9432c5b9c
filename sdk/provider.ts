import { type Input, type Output, output, ProviderResource, type ResourceOptions, secret } from "@pulumi/pulumi";
import type { Setting } from "../provider/client/api";
import { adapterOfStack, otherThan, packageOf, withFormerType } from "./adapter";

/** The arguments of a {@link Provider}; what is left out comes from the environment variables. */
export interface ProviderArgs {
  /** The token to call the API with: a personal access token or one of a service account. Kept as a secret. */
  readonly token?: Input<string | undefined> | undefined;

  /** The host of the API, such as `app.gitpod.io` or `https://gitpod.example.com/api`. */
  readonly host?: Input<string | undefined> | undefined;

  /** The personal access token to call the API of Gitpod Classic with. Kept as a secret. */
  readonly classicToken?: Input<string | undefined> | undefined;

  /**
   * The host of that API: `api.` and the domain of the installation, or `https://DOMAIN/public-api`;
   * `https://api.gitpod.io` if missing everywhere.
   */
  readonly classicHost?: Input<string | undefined> | undefined;
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
  // No property, so that no program exports the token by accident; and no other resource passes for a provider.
  readonly #account: Output<ProviderAccount>;

  /** Declares a provider; `name` is unique among those of the program. */
  constructor(name: string, args: ProviderArgs = {}, opts: ResourceOptions = {}) {
    const { host, classicHost } = args;
    const [token, classicToken] = [args.token, args.classicToken].map((each) =>
      each === undefined ? each : secret(each),
    );
    const adapter = adapterOfStack();
    const aliases = withFormerType(opts.aliases, `pulumi:providers:${packageOf(otherThan(adapter))}`);
    // In Pulumi's own dynamic provider these keys become the stack's settings; the plugin knows them as well.
    const settings = {
      "gitpod:token": token,
      "gitpod:host": host,
      "gitpod:classicToken": classicToken,
      "gitpod:classicHost": classicHost,
    };
    // Nothing else tells the dynamic provider how it is called, which words about the token need.
    super(packageOf(adapter), name, adapter === "dynamic" ? { ...settings, "gitpod:provider": name } : settings, {
      ...opts,
      aliases,
    });
    this.#account = output({ token, host, classicToken, classicHost, provider: name });
  }

  /** @internal The key that Pulumi expects in the option `providers`: that of the package, on either adapter. */
  getPackage(): string {
    return packageOf("plugin");
  }

  /** @internal What a provider says about its account; absent for providers of other packages. */
  static accountOf(provider: ProviderResource): Output<ProviderAccount> | undefined {
    return #account in provider ? provider.#account : undefined;
  }
}

/** The arguments of a provider once they are known. */
export type ProviderAccount = { readonly [name in Setting]: string | undefined } & {
  readonly provider?: string | undefined;
};
