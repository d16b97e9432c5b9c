import { createHash } from "node:crypto";
import { type CustomResourceOptions, type ID, type Input, Output, output } from "@pulumi/pulumi";
import type { task } from "../provider/resources/task";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { deletedFirst, GitpodResource, readOnly } from "./resource";
import { TaskExecution, type TaskExecutionArgs } from "./task-execution";

/** The arguments of a task: {@link Task}. */
export interface TaskArgs extends Args<typeof task> {
  /** Runs the task with the deployment; when missing, the task is only declared. */
  readonly run?: TaskRun | undefined;
}

/**
 * How a task runs with the deployment: when it is created, when it changes, and when one of the `triggers` changes. It
 * takes what a {@link TaskExecution} takes, but for the task.
 */
export interface TaskRun extends Omit<TaskExecutionArgs, "taskId"> {
  /**
   * The id of an execution of the task that is taken over instead of running it; empty says that it runs although it has
   * run within the last hour, which is refused otherwise. It counts when the execution is created.
   */
  readonly adopt?: Input<string | undefined> | undefined;
}

/** The outputs of a task. */
export interface Task extends Outputs<typeof task, "environmentId" | "metadata" | "spec"> {}

/**
 * A command inside an environment that runs to its end each time it is started.
 *
 * The task by itself is only declared, for people and triggers to start. With `run` it also runs with the deployment,
 * as a child resource {@link TaskExecution} of the same name: when the task is created, and again when its command,
 * variables, place or dependencies change, or one of the triggers. A run that fails makes the deployment fail.
 * `dependsOn` lists the ids of services and tasks that come first. Another `environmentId` or `metadata.reference`
 * replaces the task.
 *
 * Default timeouts: create 1m, update 1m, delete 1m; the option `customTimeouts` changes them and those of
 * the run.
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
 * const seed = new gitpod.Task("seed", {
 *   environmentId: environment.id,
 *   metadata: {
 *     reference: "seed",
 *     name: "Seed the database",
 *     triggeredBy: [{ manual: true }],
 *   },
 *   spec: { command: "npm run seed", env: [{ name: "ROWS", value: "1000" }] },
 *   // Runs now, and again whenever the task or this trigger changes. Without `run`, this only declares the task.
 *   run: { triggers: { data: "2025-01" } },
 * });
 *
 * export const taskId = seed.id;
 * export const result = seed.execution?.status.phase;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Task extends GitpodResource {
  /** The run of the task; absent when the arguments do not ask for one. */
  readonly execution: TaskExecution | undefined;

  /** Declares a task; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: TaskArgs, opts?: CustomResourceOptions) {
    const { run, ...inputs } = args;
    super("Task", outputs, name, inputs, deletedFirst(opts));
    this.execution = run && execute(this, name, inputs, run, opts);
  }

  /** Reads a task that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Task {
    return new Task(name, readOnly, { ...opts, id });
  }
}

function execute(
  parent: Task,
  name: string,
  inputs: TaskArgs,
  run: TaskRun,
  { customTimeouts, deletedWith }: CustomResourceOptions = {},
): TaskExecution {
  const $definition = digest(inputs);
  const extended = (triggers: unknown) => (isMap(triggers ?? {}) ? { ...Object(triggers), $definition } : triggers);
  const triggers = isLater(run.triggers) ? output(run.triggers).apply(extended) : extended(run.triggers);
  return new TaskExecution(
    name,
    { ...checkedBelow(run), taskId: parent.id, triggers },
    { parent, ...(customTimeouts && { customTimeouts }), ...(deletedWith && { deletedWith }) },
  );
}

/** What is stated is checked as inputs of the execution, of which it cannot be the task; what is no map is no input. */
const checkedBelow = (run: TaskRun): object =>
  isMap(run)
    ? Object.fromEntries(Object.entries(run).map(([key, value]) => [key === "taskId" ? "run.taskId" : key, value]))
    : { run };

const isLater = (value: unknown): boolean => Output.isInstance(value) || value instanceof Promise;

const isMap = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLater(value);

/** Stands for what a run does: another name or description of the task is no reason to run it again. */
function digest({ spec, dependsOn }: TaskArgs): Output<string> {
  return output({ spec, dependsOn }).apply(({ spec: { command, env, runsOn }, dependsOn: first }) =>
    createHash("sha256").update(stable({ command, env, runsOn, first })).digest("hex").slice(0, 16),
  );
}

/** Prints a value with sorted keys. */
function stable(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const outputs = {
  environmentId: undefined,
  metadata: undefined,
  spec: undefined,
  dependsOn: undefined,
} satisfies OutputNames<typeof task>;
