import type { Answer } from "../../provider/functions/answer";
import type { getService as definition } from "../../provider/functions/get-service";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getService}. */
export interface GetServiceArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getServiceOutput}. */
export interface GetServiceOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getService}. */
export type GetServiceResult = Answer<typeof definition>;

/**
 * Returns one service by its id; fails when there is none.
 *
 * @example
 * ```ts
 * const { metadata, status } = await gitpod.getService({ id });
 * ```
 */
export const getService: PlainForm<typeof definition> = plainForm("getService");

/**
 * Returns one service by an id that comes from elsewhere.
 *
 * @example
 * ```ts
 * const { status } = gitpod.getServiceOutput({ id: website.id });
 * ```
 */
export const getServiceOutput: OutputForm<typeof definition> = outputForm("getService");
