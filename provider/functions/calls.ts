import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { UserService } from "../../proto/gen/gitpod/v1/user_pb";
import { WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
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
 * Returns what the configuration of a runner and of its environment classes may have.
 *
 * @example
 * const schema = await gitpod.getRunnerConfigurationSchema({ runnerId });
 *
 * @example
 * const schema = gitpod.getRunnerConfigurationSchemaOutput({ runnerId: runner.id });
 */
export const getRunnerConfigurationSchema = defineFunction({
  name: "getRunnerConfigurationSchema",
  method: RunnerConfigurationService.method.getRunnerConfigurationSchema,
  required: ["runnerId"],
});

/**
 * Returns a user by the id; `listMembers` finds a member by the mail address.
 *
 * @example
 * const { name } = await gitpod.getUser({ userId });
 *
 * @example
 * export const { name } = gitpod.getUserOutput({ userId: member.userId });
 */
export const getUser = defineFunction({
  name: "getUser",
  method: UserService.method.getUser,
  required: ["userId"],
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
 * Issues a token for the logs of a runner.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { accessToken } = await gitpod.runnerLogsToken({ runnerId });
 * }
 *
 * @example
 * export const { accessToken } = gitpod.runnerLogsTokenOutput({ runnerId: runner.id });
 */
export const runnerLogsToken = defineFunction({
  name: "runnerLogsToken",
  method: RunnerService.method.createRunnerLogsToken,
  required: ["runnerId"],
  sensitive: ["accessToken"],
});

/**
 * Issues a token that calls the API in the name of a service account, valid for 30 minutes.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { token } = await gitpod.serviceAccountAccessToken({ serviceAccountId });
 * }
 *
 * @example
 * export const { token } = gitpod.serviceAccountAccessTokenOutput({ serviceAccountId: account.id });
 */
export const serviceAccountAccessToken = defineFunction({
  name: "serviceAccountAccessToken",
  method: ServiceAccountService.method.createServiceAccountAccessToken,
  required: ["serviceAccountId"],
  sensitive: ["token"],
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

/**
 * Returns the secret that signs the calls of a webhook, of which the organization's audit log takes note.
 *
 * @example
 * if (!pulumi.runtime.isDryRun()) {
 *   const { secret } = await gitpod.webhookSecret({ webhookId });
 * }
 *
 * @example
 * export const { secret } = gitpod.webhookSecretOutput({ webhookId: webhook.id });
 */
export const webhookSecret = defineFunction({
  name: "webhookSecret",
  method: WebhookService.method.getWebhookSecret,
  required: ["webhookId"],
  sensitive: ["secret"],
});
