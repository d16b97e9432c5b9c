import type { Answer } from "../../provider/functions/answer";
import type { getEnvironment as definition } from "../../provider/functions/get-environment";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getEnvironment}. */
export interface GetEnvironmentArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getEnvironmentOutput}. */
export interface GetEnvironmentOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getEnvironment}. */
export type GetEnvironmentResult = Answer<typeof definition>;

/**
 * Returns one environment by its id, with its phase and URLs as they are now; fails when there is none.
 *
 * @example
 * ```ts
 * const { status } = await gitpod.getEnvironment({ environmentId });
 * ```
 */
export const getEnvironment: PlainForm<typeof definition> = plainForm("getEnvironment");

/**
 * Returns one environment by an id that comes from elsewhere.
 *
 * @example
 * ```ts
 * const { status } = gitpod.getEnvironmentOutput({ environmentId: environment.id });
 * ```
 */
export const getEnvironmentOutput: OutputForm<typeof definition> = outputForm("getEnvironment");
