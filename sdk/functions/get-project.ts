import type { Answer } from "../../provider/functions/answer";
import type { getProject as definition } from "../../provider/functions/get-project";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link getProject}. */
export interface GetProjectArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link getProjectOutput}. */
export interface GetProjectOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link getProject}. */
export type GetProjectResult = Answer<typeof definition>;

/**
 * Returns one project by its id; fails when there is none.
 *
 * @example
 * ```ts
 * const { metadata, environmentClasses } = await gitpod.getProject({ projectId });
 * ```
 */
export const getProject: PlainForm<typeof definition> = plainForm("getProject");

/**
 * Returns one project by an id that comes from elsewhere.
 *
 * @example
 * ```ts
 * const website = gitpod.getProjectOutput({ projectId: platform.requireOutput("projectId") });
 * ```
 */
export const getProjectOutput: OutputForm<typeof definition> = outputForm("getProject");
