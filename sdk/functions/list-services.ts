import type { Answer } from "../../provider/functions/answer";
import type { listServices as definition } from "../../provider/functions/list-services";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listServices}. */
export interface ListServicesArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listServicesOutput}. */
export interface ListServicesOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listServices}. */
export type ListServicesResult = Answer<typeof definition>;

/**
 * Lists all services that the filter lets through.
 *
 * @example
 * ```ts
 * const services = await gitpod.listServices({ filter: { environmentIds: [environmentId] } });
 * ```
 */
export const listServices: PlainForm<typeof definition> = plainForm("listServices");

/**
 * Lists services, where a part of the filter comes from a resource.
 *
 * @example
 * ```ts
 * const services = gitpod.listServicesOutput({ filter: { environmentIds: [environment.id] } });
 * ```
 */
export const listServicesOutput: OutputForm<typeof definition> = outputForm("listServices");
