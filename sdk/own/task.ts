import { createHash } from "node:crypto";
import { type CustomResourceOptions, type Input, Output, output } from "@pulumi/pulumi";
import type { task } from "../../provider/resources/task";
import type { Args } from "../args";
import { GitpodResource } from "../resource";
import { TaskExecution, type TaskExecutionArgs } from "../resources/task-execution";

/**
 * With `run` it also runs with the deployment, as a child resource {@link TaskExecution} of the same name: when the task
 * is created, and again when its command, variables, place or dependencies change, or one of the triggers. A run that
 * fails makes the deployment fail. The option `customTimeouts` counts for the run as well.
 */
export abstract class TaskBase extends GitpodResource {
  /** The run of the task; absent when the arguments do not ask for one. */
  readonly execution: TaskExecution | undefined;

  protected constructor(
    kind: string,
    outputs: Readonly<Record<string, undefined>>,
    name: string,
    { run, ...inputs }: Inputs & TaskOwnArgs,
    opts?: CustomResourceOptions,
  ) {
    super(kind, outputs, name, inputs, opts);
    this.execution = run && execute(this, name, inputs, run, opts);
  }
}

/** What a task takes beside the inputs of its kind. */
export interface TaskOwnArgs {
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

type Inputs = Args<typeof task>;

function execute(
  parent: TaskBase,
  name: string,
  inputs: Inputs,
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
function digest({ spec, dependsOn }: Inputs): Output<string> {
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
