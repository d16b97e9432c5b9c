import type { Answer } from "../../provider/functions/answer";
import type { getEnvironmentClass as definition } from "../../provider/functions/get-environment-class";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getEnvironmentClass}. */
export interface GetEnvironmentClassArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getEnvironmentClassOutput}. */
export interface GetEnvironmentClassOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getEnvironmentClass}. */
export type GetEnvironmentClassResult = Answer<typeof definition>;

/**
 * Returns one environment class by its id; fails when there is none.
 *
 * @example
 * ```ts
 * const { displayName, enabled } = await gitpod.getEnvironmentClass({ environmentClassId });
 * ```
 */
export const getEnvironmentClass: PlainForm<typeof definition> = plainForm("getEnvironmentClass");

/**
 * Returns one environment class by an id that comes from a resource.
 *
 * @example
 * ```ts
 * const platform = new pulumi.StackReference("acme/platform/prod");
 * const used = gitpod.getEnvironmentClassOutput({ environmentClassId: platform.requireOutput("environmentClassId") });
 * ```
 */
export const getEnvironmentClassOutput: OutputForm<typeof definition> = outputForm("getEnvironmentClass");
