import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { secret } from "../provider/resources/secret";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { deletedFirst, GitpodResource, readOnly } from "./resource";

/** The arguments of a secret: {@link Secret}. */
export interface SecretArgs extends Args<typeof secret> {}

/** The outputs of a secret. */
export interface Secret extends Outputs<typeof secret, "name" | "createdAt" | "scope"> {}

/**
 * A value that environments of a project, a user, an organization or a service account receive.
 *
 * `value` (at most 10240 characters) is kept as a secret in the state whether or not the program says so; the API never
 * gives it back, so a value changed elsewhere goes unnoticed. Exactly one of `filePath`, `environmentVariable`,
 * `containerRegistryBasicAuthHost` and `apiOnly` says where environments find it. Only the value changes in place;
 * everything else replaces.
 *
 * Default timeouts: create 1m, update 1m, delete 1m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as gitpod from "pulumi-gitpod";
 *
 * const project = new gitpod.Project("website", {
 *   name: "Website",
 *   initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
 * });
 *
 * const token = new gitpod.Secret("registry-token", {
 *   name: "REGISTRY_TOKEN",
 *   // Set with `pulumi config set --secret registryToken`; it is encrypted in the state and never printed.
 *   value: new pulumi.Config().getSecret("registryToken") ?? pulumi.secret("change-me"),
 *   environmentVariable: true,
 *   scope: { projectId: project.id },
 * });
 *
 * export const secretId = token.id;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Secret extends GitpodResource {
  /** Declares a secret; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: SecretArgs, opts?: CustomResourceOptions) {
    super("Secret", outputs, name, args, deletedFirst(opts));
  }

  /** Reads a secret that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Secret {
    return new Secret(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  name: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  creator: undefined,
  filePath: undefined,
  environmentVariable: undefined,
  containerRegistryBasicAuthHost: undefined,
  apiOnly: undefined,
  scope: undefined,
  credentialProxy: undefined,
  source: undefined,
} satisfies OutputNames<typeof secret>;
