import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { taskExecution } from "../provider/resources/task-execution";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { GitpodResource, readOnly } from "./resource";

/** The arguments of a task execution: {@link TaskExecution}. */
export interface TaskExecutionArgs extends Args<typeof taskExecution> {}

/** The outputs of a task execution. */
export interface TaskExecution extends Outputs<typeof taskExecution, "metadata" | "spec" | "status"> {}

/**
 * One run of a task, together with the automations that the task depends on.
 *
 * A create starts the task and returns when the run has succeeded, or with `desiredPhase` running as soon as it runs; a
 * run that fails or is stopped is an error that names the step, and the next `pulumi up` runs the task again. Every
 * change replaces, which is to run again: change `triggers` for that. Deleting stops a run that has not ended. Runs
 * that the server has pruned since count as done.
 *
 * Default timeouts: create 60m, update 60m, delete 5m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as gitpod from "pulumi-gitpod";
 *
 * const revision = new pulumi.Config().get("revision") ?? "main";
 *
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
 * const environment = new gitpod.Environment("checks", {
 *   spec: {
 *     machine: { class: classes.apply((found) => found[0]?.id) },
 *     content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
 *   },
 * });
 *
 * const tests = new gitpod.Task("tests", {
 *   environmentId: environment.id,
 *   metadata: { reference: "tests", name: "Tests" },
 *   spec: { command: "npm test" },
 * });
 *
 * // Tests each revision once: a changed trigger runs the task again.
 * const run = new gitpod.TaskExecution(
 *   "tests",
 *   { taskId: tests.id, triggers: { revision } },
 *   { customTimeouts: { create: "20m" } },
 * );
 *
 * export const phase = run.status.phase;
 * export const log = run.status.logUrl;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class TaskExecution extends GitpodResource {
  /** Declares a task execution; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: TaskExecutionArgs, opts?: CustomResourceOptions) {
    super("TaskExecution", outputs, name, args, opts);
  }

  /** Reads a task execution that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): TaskExecution {
    return new TaskExecution(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  metadata: undefined,
  spec: undefined,
  status: undefined,
} satisfies OutputNames<typeof taskExecution>;
