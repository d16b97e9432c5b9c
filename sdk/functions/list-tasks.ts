import type { Answer } from "../../provider/functions/answer";
import type { listTasks as definition } from "../../provider/functions/list-tasks";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listTasks}. */
export interface ListTasksArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listTasksOutput}. */
export interface ListTasksOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listTasks}. */
export type ListTasksResult = Answer<typeof definition>;

/**
 * Lists all tasks that the filter lets through.
 *
 * @example
 * ```ts
 * const tasks = await gitpod.listTasks({ filter: { environmentIds: [environmentId] } });
 * ```
 */
export const listTasks: PlainForm<typeof definition> = plainForm("listTasks");

/**
 * Lists tasks, where a part of the filter comes from a resource.
 *
 * @example
 * ```ts
 * const tasks = gitpod.listTasksOutput({ filter: { environmentIds: [environment.id] } });
 * ```
 */
export const listTasksOutput: OutputForm<typeof definition> = outputForm("listTasks");
