import type { Answer } from "../../provider/functions/answer";
import type { listEnvironments as definition } from "../../provider/functions/list-environments";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listEnvironments}. */
export interface ListEnvironmentsArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listEnvironmentsOutput}. */
export interface ListEnvironmentsOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listEnvironments}. */
export type ListEnvironmentsResult = Answer<typeof definition>;

/**
 * Lists all environments that the filter lets through, in the order that is asked for.
 *
 * @example
 * ```ts
 * const ours = await gitpod.listEnvironments({ filter: { projectIds: [projectId] } });
 * ```
 */
export const listEnvironments: PlainForm<typeof definition> = plainForm("listEnvironments");

/**
 * Lists environments, where a part of the filter comes from a resource.
 *
 * @example
 * ```ts
 * const ours = gitpod.listEnvironmentsOutput({ filter: { projectIds: [website.id] } });
 * ```
 */
export const listEnvironmentsOutput: OutputForm<typeof definition> = outputForm("listEnvironments");
