import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { environment } from "../provider/resources/environment";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { GitpodResource, readOnly } from "./resource";

/** The arguments of an environment: {@link Environment}. */
export interface EnvironmentArgs extends Args<typeof environment> {}

/** The outputs of an environment. */
export interface Environment extends Outputs<typeof environment, "metadata" | "spec" | "status"> {}

/**
 * A development environment on a runner: a machine with the content of a repository.
 *
 * It is created from `spec`, or from a project when `projectId` is set, in which case `spec` only says what differs
 * from the project. A create returns when the environment is in `spec.desiredPhase` (running, or stopped); when the
 * phase is left out, when it has come up once. A stated phase is kept: an environment that stopped by itself is started
 * by the next `pulumi up`. Leave the phase out where people start and stop the environment themselves.
 *
 * Another class of machine (`spec.machine.class`) and another project replace the environment; so does what else the
 * update call of the API lacks, as the fields say. Ports and
 * SSH keys are found by `port` and `id`, and those that others have added are left alone. `spec.timeout.disconnected`
 * is a duration such as `"1800s"`, at least half an hour, or `"0s"` for never. `forceDelete` deletes without stopping
 * first, which can lose work.
 *
 * Default timeouts: create 30m, update 30m, delete 15m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as gitpod from "pulumi-gitpod";
 *
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
 *
 * const environment = new gitpod.Environment("demo", {
 *   name: "Demo",
 *   spec: {
 *     desiredPhase: gitpod.EnvironmentPhase.RUNNING,
 *     machine: { class: classes.apply((found) => found[0]?.id) },
 *     content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
 *     ports: [{ port: 3000, name: "website", admission: gitpod.AdmissionLevel.ORGANIZATION }],
 *     // Stops the environment after half an hour without activity.
 *     timeout: { disconnected: "1800s" },
 *   },
 * });
 *
 * export const environmentId = environment.id;
 * export const phase = environment.status.phase;
 * export const url = environment.status.environmentUrls.apply(
 *   (urls) => urls?.ports?.find(({ port }) => port === 3000)?.url,
 * );
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Environment extends GitpodResource {
  /** Declares an environment; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: EnvironmentArgs, opts?: CustomResourceOptions) {
    super("Environment", outputs, name, args, opts);
  }

  /** Reads an environment that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Environment {
    return new Environment(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  metadata: undefined,
  spec: undefined,
  status: undefined,
} satisfies OutputNames<typeof environment>;
