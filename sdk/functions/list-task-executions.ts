import type { Answer } from "../../provider/functions/answer";
import type { listTaskExecutions as definition } from "../../provider/functions/list-task-executions";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listTaskExecutions}. */
export interface ListTaskExecutionsArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listTaskExecutionsOutput}. */
export interface ListTaskExecutionsOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listTaskExecutions}. */
export type ListTaskExecutionsResult = Answer<typeof definition>;

/**
 * Lists all runs of tasks that the filter lets through.
 *
 * @example
 * ```ts
 * const runs = await gitpod.listTaskExecutions({ filter: { taskIds: [taskId] } });
 * ```
 */
export const listTaskExecutions: PlainForm<typeof definition> = plainForm("listTaskExecutions");

/**
 * Lists runs of tasks, where a part of the filter comes from a resource.
 *
 * @example
 * ```ts
 * const runs = gitpod.listTaskExecutionsOutput({ filter: { taskIds: [seed.id] } });
 * ```
 */
export const listTaskExecutionsOutput: OutputForm<typeof definition> = outputForm("listTaskExecutions");
