import type { Answer } from "../../provider/functions/answer";
import type { listEnvironmentClasses as definition } from "../../provider/functions/list-environment-classes";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listEnvironmentClasses}. */
export interface ListEnvironmentClassesArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listEnvironmentClassesOutput}. */
export interface ListEnvironmentClassesOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listEnvironmentClasses}. */
export type ListEnvironmentClassesResult = Answer<typeof definition>;

/**
 * Lists the environment classes that environments can be created with: all pages, in the order of the server.
 *
 * @example
 * ```ts
 * const classes = await gitpod.listEnvironmentClasses({ filter: { enabled: true, canCreateEnvironments: true } });
 * const small = classes.find(({ displayName }) => displayName === "Small");
 * ```
 */
export const listEnvironmentClasses: PlainForm<typeof definition> = plainForm("listEnvironmentClasses");

/**
 * Lists the environment classes that environments can be created with, where a part of the filter, or the account that
 * is asked, comes from a resource.
 *
 * @example
 * ```ts
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
 * const first = classes.apply((found) => found[0]?.id);
 * ```
 */
export const listEnvironmentClassesOutput: OutputForm<typeof definition> = outputForm("listEnvironmentClasses");
