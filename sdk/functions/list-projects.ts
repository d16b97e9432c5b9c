import type { Answer } from "../../provider/functions/answer";
import type { listProjects as definition } from "../../provider/functions/list-projects";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link listProjects}. */
export interface ListProjectsArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link listProjectsOutput}. */
export interface ListProjectsOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link listProjects}. */
export type ListProjectsResult = Answer<typeof definition>;

/**
 * Lists all projects that the filter lets through, in the order that is asked for.
 *
 * @example
 * ```ts
 * const shops = await gitpod.listProjects({ filter: { search: "shop" } });
 * ```
 */
export const listProjects: PlainForm<typeof definition> = plainForm("listProjects");

/**
 * Lists projects, where a part of the filter comes from a resource.
 *
 * @example
 * ```ts
 * const found = gitpod.listProjectsOutput({ filter: { projectIds: [website.id] } });
 * ```
 */
export const listProjectsOutput: OutputForm<typeof definition> = outputForm("listProjects");
