import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { service } from "../provider/resources/service";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { deletedFirst, GitpodResource, readOnly } from "./resource";

/** The arguments of a service: {@link Service}. */
export interface ServiceArgs extends Args<typeof service> {}

/** The outputs of a service. */
export interface Service extends Outputs<typeof service, "environmentId" | "metadata" | "spec" | "status"> {}

/**
 * A long-running program inside an environment.
 *
 * A create returns when the service is in `spec.desiredPhase` (running unless stopped is stated), which for a running
 * one means that `spec.commands.ready` has exited with 0; one that fails keeps its id, and the next `pulumi up` starts
 * it again. A changed `spec` is applied while the service is stopped; what was running is running again afterwards.
 * `metadata.reference` (letters, digits, `_` and `-`, at most 128) is unique in the environment. Another
 * `environmentId` or `metadata.reference` replaces the service. `spec.readinessTimeout` is a duration such as `"120s"`,
 * at most a day.
 *
 * Default timeouts: create 10m, update 10m, delete 5m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as gitpod from "pulumi-gitpod";
 *
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
 * const environment = new gitpod.Environment("workshop", {
 *   spec: {
 *     machine: { class: classes.apply((found) => found[0]?.id) },
 *     content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
 *   },
 * });
 *
 * const database = new gitpod.Service("database", {
 *   environmentId: environment.id,
 *   metadata: { reference: "database", name: "Database" },
 *   spec: {
 *     commands: {
 *       start: "docker run --rm --name postgres --publish 5432:5432 --env POSTGRES_PASSWORD postgres:17",
 *       // The service counts as running once this has exited with 0.
 *       ready: "docker exec postgres pg_isready",
 *       stop: "docker stop postgres",
 *     },
 *     env: [{ name: "POSTGRES_PASSWORD", value: "postgres" }],
 *     runsOn: { machine: {} },
 *     readinessTimeout: "120s",
 *   },
 * });
 *
 * export const phase = database.status.phase;
 * export const log = database.status.logUrl;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Service extends GitpodResource {
  /** Declares a service; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: ServiceArgs, opts?: CustomResourceOptions) {
    super("Service", outputs, name, args, deletedFirst(opts));
  }

  /** Reads a service that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Service {
    return new Service(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  environmentId: undefined,
  metadata: undefined,
  spec: undefined,
  status: undefined,
} satisfies OutputNames<typeof service>;
