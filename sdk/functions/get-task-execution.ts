import type { Answer } from "../../provider/functions/answer";
import type { getTaskExecution as definition } from "../../provider/functions/get-task-execution";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getTaskExecution}. */
export interface GetTaskExecutionArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getTaskExecutionOutput}. */
export interface GetTaskExecutionOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getTaskExecution}. */
export type GetTaskExecutionResult = Answer<typeof definition>;

/**
 * Returns one run of a task by its id; fails when there is none.
 *
 * @example
 * ```ts
 * const { status } = await gitpod.getTaskExecution({ id });
 * ```
 */
export const getTaskExecution: PlainForm<typeof definition> = plainForm("getTaskExecution");

/**
 * Returns one run of a task by an id that comes from elsewhere.
 *
 * @example
 * ```ts
 * const { status } = gitpod.getTaskExecutionOutput({ id: run.id });
 * ```
 */
export const getTaskExecutionOutput: OutputForm<typeof definition> = outputForm("getTaskExecution");
