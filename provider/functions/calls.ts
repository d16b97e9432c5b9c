import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineFunction } from "./define-function";

/**
 * Issues a token for the logs of an environment, valid for one hour.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { accessToken } = await gitpod.environmentLogsToken({ environmentId });
 * }
 *
 * @example
 * export const { accessToken } = gitpod.environmentLogsTokenOutput({ environmentId: environment.id });
 */
export const environmentLogsToken = defineFunction({
  name: "environmentLogsToken",
  method: EnvironmentService.method.createEnvironmentLogsToken,
  required: ["environmentId"],
  sensitive: ["accessToken"],
});

/**
 * Returns the organization and the user or service account behind the token.
 *
 * @example
 * const { organizationId } = await gitpod.getAuthenticatedIdentity();
 *
 * @example
 * const identity = gitpod.getAuthenticatedIdentityOutput({ provider: staging });
 * const group = new gitpod.Group("reviewers", { organizationId: identity.organizationId, name: "Reviewers" });
 */
export const getAuthenticatedIdentity = defineFunction({
  name: "getAuthenticatedIdentity",
  method: IdentityService.method.getAuthenticatedIdentity,
});

/**
 * Returns one environment class by its id; fails when there is none.
 *
 * @example
 * const { displayName, enabled } = await gitpod.getEnvironmentClass({ environmentClassId });
 *
 * @example
 * const platform = new pulumi.StackReference("acme/platform/prod");
 * const used = gitpod.getEnvironmentClassOutput({ environmentClassId: platform.requireOutput("environmentClassId") });
 */
export const getEnvironmentClass = defineFunction({
  name: "getEnvironmentClass",
  method: RunnerConfigurationService.method.getEnvironmentClass,
  required: ["environmentClassId"],
});

/**
 * Lists the environment classes that environments can be created with: all pages, in the order of the server.
 *
 * @example
 * const classes = await gitpod.listEnvironmentClasses({ filter: { enabled: true, canCreateEnvironments: true } });
 * const small = classes.find(({ displayName }) => displayName === "Small");
 *
 * @example
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
 * const first = classes.apply((found) => found[0]?.id);
 */
export const listEnvironmentClasses = defineFunction({
  name: "listEnvironmentClasses",
  method: EnvironmentService.method.listEnvironmentClasses,
});

/**
 * Tells the platform that an environment is in use, so that it does not stop for idleness.
 *
 * @example
 * await gitpod.markEnvironmentActive({ environmentId, activitySignal: { source: "nightly build" } });
 *
 * @example
 * gitpod.markEnvironmentActiveOutput({ environmentId: environment.id });
 */
export const markEnvironmentActive = defineFunction({
  name: "markEnvironmentActive",
  method: EnvironmentService.method.markEnvironmentActive,
  required: ["environmentId"],
});
