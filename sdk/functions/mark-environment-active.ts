import type { Answer } from "../../provider/functions/answer";
import type { markEnvironmentActive as definition } from "../../provider/functions/mark-environment-active";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link markEnvironmentActive}. */
export interface MarkEnvironmentActiveArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link markEnvironmentActiveOutput}. */
export interface MarkEnvironmentActiveOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link markEnvironmentActive}. */
export type MarkEnvironmentActiveResult = Answer<typeof definition>;

/**
 * Tells the platform that an environment is in use, so that it does not stop for idleness; in a preview does nothing.
 *
 * @example
 * ```ts
 * await gitpod.markEnvironmentActive({ environmentId, activitySignal: { source: "nightly build" } });
 * ```
 */
export const markEnvironmentActive: PlainForm<typeof definition> = plainForm("markEnvironmentActive");

/**
 * Tells the platform that an environment is in use, whose id comes from a resource; in a preview does nothing.
 *
 * @example
 * ```ts
 * gitpod.markEnvironmentActiveOutput({ environmentId: environment.id });
 * ```
 */
export const markEnvironmentActiveOutput: OutputForm<typeof definition> = outputForm("markEnvironmentActive");
