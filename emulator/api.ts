import type { DescService } from "@bufbuild/protobuf";
import { type ConnectRouter, createConnectRouter, type Interceptor } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { AccountService } from "../proto/gen/gitpod/v1/account_pb";
import { AgentService } from "../proto/gen/gitpod/v1/agent_pb";
import { BillingService } from "../proto/gen/gitpod/v1/billing_pb";
import { EditorService } from "../proto/gen/gitpod/v1/editor_pb";
import { EnvironmentAutomationService } from "../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentService } from "../proto/gen/gitpod/v1/environment_pb";
import { EventService } from "../proto/gen/gitpod/v1/event_pb";
import { GatewayService } from "../proto/gen/gitpod/v1/gateway_pb";
import { GroupService } from "../proto/gen/gitpod/v1/group_pb";
import { IdentityService } from "../proto/gen/gitpod/v1/identity_pb";
import { InsightsService } from "../proto/gen/gitpod/v1/insights_pb";
import { IntegrationService } from "../proto/gen/gitpod/v1/integration_pb";
import { NotificationService } from "../proto/gen/gitpod/v1/notification_pb";
import { OrganizationService } from "../proto/gen/gitpod/v1/organization_pb";
import { PrebuildService } from "../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../proto/gen/gitpod/v1/project_pb";
import { RunnerConfigurationService } from "../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerService } from "../proto/gen/gitpod/v1/runner_pb";
import { SecretService } from "../proto/gen/gitpod/v1/secret_pb";
import { SecurityService } from "../proto/gen/gitpod/v1/security_pb";
import { ServiceAccountService } from "../proto/gen/gitpod/v1/service_account_pb";
import { TeamService } from "../proto/gen/gitpod/v1/team_pb";
import { UsageService } from "../proto/gen/gitpod/v1/usage_pb";
import { UserService } from "../proto/gen/gitpod/v1/user_pb";
import { WebhookService } from "../proto/gen/gitpod/v1/webhook_pb";
import { WorkflowService } from "../proto/gen/gitpod/v1/workflow_pb";
import type { WatchDesk } from "./event/watch";
import { billingService } from "./service/billing";
import { environmentService } from "./service/environment";
import { environmentAutomationService } from "./service/environment-automation";
import { eventService } from "./service/event";
import { groupService } from "./service/group";
import { identityService } from "./service/identity";
import { insightsService } from "./service/insights";
import { integrationService } from "./service/integration";
import { organizationService } from "./service/organization";
import { prebuildCalls } from "./service/prebuild";
import { projectService } from "./service/project";
import { promptCalls } from "./service/prompt";
import { runnerService } from "./service/runner";
import { runnerConfigurationService } from "./service/runner-configuration";
import { secretService } from "./service/secret";
import { securityService } from "./service/security";
import { serviceAccountService } from "./service/service-account";
import { teamService } from "./service/team";
import { userService } from "./service/user";
import { warmPoolCalls } from "./service/warm-pool";
import { webhookService } from "./service/webhook";
import { workflowService } from "./service/workflow";
import type { Site } from "./site";

/** The handlers of every call of `gitpod.v1`; those that are not written answer `unimplemented`. */
export function createApi(site: Site, desk: WatchDesk, interceptors: Interceptor[]): UniversalHandler[] {
  const router = createConnectRouter({
    interceptors,
    grpc: false,
    grpcWeb: false,
    acceptCompression: [compressionGzip, compressionBrotli],
  });
  addWritten(router, site, desk);
  for (const service of unwritten) {
    router.service(service, {});
  }
  return router.handlers;
}

function addWritten(router: ConnectRouter, site: Site, desk: WatchDesk): void {
  router
    .service(EnvironmentService, environmentService(site))
    .service(EnvironmentAutomationService, environmentAutomationService(site))
    .service(EventService, eventService(site, desk))
    .service(GroupService, groupService(site))
    .service(IdentityService, identityService())
    .service(InsightsService, insightsService(site))
    .service(ProjectService, projectService(site))
    .service(RunnerConfigurationService, runnerConfigurationService(site))
    .service(RunnerService, runnerService(site))
    .service(SecretService, secretService(site))
    .service(AgentService, promptCalls(site))
    .service(PrebuildService, { ...prebuildCalls(site), ...warmPoolCalls(site) })
    .service(SecurityService, securityService(site))
    .service(WorkflowService, workflowService(site))
    .service(BillingService, billingService(site))
    .service(IntegrationService, integrationService(site))
    .service(OrganizationService, organizationService(site))
    .service(ServiceAccountService, serviceAccountService(site))
    .service(TeamService, teamService(site))
    .service(UserService, userService(site))
    .service(WebhookService, webhookService(site));
}

const unwritten: DescService[] = [AccountService, EditorService, GatewayService, NotificationService, UsageService];
