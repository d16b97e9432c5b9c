import type { Answer } from "../../provider/functions/answer";
import type { getTask as definition } from "../../provider/functions/get-task";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getTask}. */
export interface GetTaskArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getTaskOutput}. */
export interface GetTaskOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getTask}. */
export type GetTaskResult = Answer<typeof definition>;

/**
 * Returns one task by its id; fails when there is none.
 *
 * @example
 * ```ts
 * const { metadata, spec } = await gitpod.getTask({ id });
 * ```
 */
export const getTask: PlainForm<typeof definition> = plainForm("getTask");

/**
 * Returns one task by an id that comes from elsewhere.
 *
 * @example
 * ```ts
 * const { spec } = gitpod.getTaskOutput({ id: seed.id });
 * ```
 */
export const getTaskOutput: OutputForm<typeof definition> = outputForm("getTask");
