import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
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
 * Returns the integrations that the platform knows of, each of which an `Integration` can be made from.
 *
 * @example
 * const definitions = await gitpod.listIntegrationDefinitions();
 *
 * @example
 * const definitions = gitpod.listIntegrationDefinitionsOutput({ provider: staging });
 */
export const listIntegrationDefinitions = defineFunction({
  name: "listIntegrationDefinitions",
  method: IntegrationService.method.listIntegrationDefinitions,
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

/**
 * Looks for the DNS record that proves a mail domain, and returns the verification: verified, or still pending.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { state } = await gitpod.verifyDomain({ domainVerificationId });
 * }
 *
 * @example
 * export const { state } = gitpod.verifyDomainOutput({ domainVerificationId: domain.id });
 */
export const verifyDomain = defineFunction({
  name: "verifyDomain",
  method: OrganizationService.method.verifyDomain,
  required: ["domainVerificationId"],
});
