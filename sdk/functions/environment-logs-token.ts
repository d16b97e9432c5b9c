import type { Answer } from "../../provider/functions/answer";
import type { environmentLogsToken as definition } from "../../provider/functions/environment-logs-token";
import {
  type FunctionArgs,
  type FunctionOutputArgs,
  type OutputForm,
  outputForm,
  type PlainForm,
  plainForm,
} from "./function";

/** The arguments of {@link environmentLogsToken}. */
export interface EnvironmentLogsTokenArgs extends FunctionArgs<typeof definition> {}

/** The arguments of {@link environmentLogsTokenOutput}. */
export interface EnvironmentLogsTokenOutputArgs extends FunctionOutputArgs<typeof definition> {}

/** The answer of {@link environmentLogsToken}. */
export type EnvironmentLogsTokenResult = Answer<typeof definition>;

/**
 * Issues a token for the logs of an environment, valid for one hour: in clear, so that it is for the program's own use;
 * `environmentLogsTokenOutput` keeps it secret. It is not issued in a preview, where this fails.
 *
 * @example
 * ```ts
 * if (!pulumi.runtime.isDryRun()) {
 *   const { accessToken } = await gitpod.environmentLogsToken({ environmentId });
 * }
 * ```
 */
export const environmentLogsToken: PlainForm<typeof definition> = plainForm("environmentLogsToken");

/**
 * Issues a token for the logs of an environment, valid for one hour. It is a secret, and unknown in a preview.
 *
 * @example
 * ```ts
 * export const { accessToken } = gitpod.environmentLogsTokenOutput({ environmentId: environment.id });
 * ```
 */
export const environmentLogsTokenOutput: OutputForm<typeof definition> = outputForm("environmentLogsToken");
