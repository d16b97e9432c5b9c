import type { DescMessage, DescService } from "@bufbuild/protobuf";
import { ids, tokens } from "../../emulator";
import { permissions } from "../../emulator/permission";
import { AgentService } from "../../proto/gen/gitpod/v1/agent_pb";
import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import { ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { GroupService, ResourceRole as Role } from "../../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { InsightsService } from "../../proto/gen/gitpod/v1/insights_pb";
import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { SecurityService } from "../../proto/gen/gitpod/v1/security_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
import { WorkflowService } from "../../proto/gen/gitpod/v1/workflow_pb";
import { open, refusal } from "./open";

const services: DescService[] = [
  AgentService,
  BillingService,
  GroupService,
  InsightsService,
  IntegrationService,
  OrganizationService,
  PrebuildService,
  RunnerConfigurationService,
  RunnerService,
  SecurityService,
  ServiceAccountService,
  TeamService,
  WebhookService,
  WorkflowService,
];

test("every call that the table of permissions names exists, and has the field by which an object is named", () => {
  const methods = services.flatMap((service) =>
    service.methods.map(({ name, input }) => [`${service.name}/${name}`, input] as const),
  );
  const inputs = new Map<string, DescMessage>(methods);
  const wrong = Object.entries(permissions).filter(([call, { on }]) => {
    const input = inputs.get(call);
    return input === undefined || (on !== undefined && input.field[on.field] === undefined);
  });

  expect(wrong).toEqual([]);
});

test("a role on the organization covers all objects of its kind, one on an object that and what belongs to it", async () => {
  const { as, groups, configurations } = open();
  const { group } = await groups.createGroup({ organizationId: ids.organization, name: "Operators" });
  const groupId = group?.id ?? "";
  const subject = { id: ids.serviceAccount, principal: Principal.SERVICE_ACCOUNT };
  await groups.createMembership({ groupId, subject });
  const { id } = await configurations.createSCMIntegration({
    runnerId: ids.runner,
    scmId: "github",
    host: "github.com",
  });
  const robot = as(tokens.serviceAccount);
  const act = async () => [
    (await refusal(robot.configurations.updateSCMIntegration({ id, pat: true })))[0],
    (await refusal(robot.agents.createPrompt({ name: "Review", description: "reads", prompt: "Read." })))[0],
  ];
  const give = async (resourceType: ResourceType, resourceId: string, resourceRole: Role) => {
    const answer = await groups.createRoleAssignment({ groupId, resourceType, resourceId, resourceRole });
    const seen = await act();
    await groups.deleteRoleAssignment({ assignmentId: answer.assignment?.id ?? "" });
    return seen;
  };

  expect([
    await act(),
    await give(ResourceType.RUNNER, ids.runner, Role.RUNNER_USER),
    await give(ResourceType.RUNNER, ids.runner, Role.RUNNER_ADMIN),
    await give(ResourceType.ORGANIZATION, ids.organization, Role.ORG_PROJECTS_ADMIN),
    await give(ResourceType.ORGANIZATION, ids.organization, Role.ORG_RUNNERS_ADMIN),
    await give(ResourceType.ORGANIZATION, ids.organization, Role.ORG_ADMIN),
  ]).toEqual([
    ["PermissionDenied", "PermissionDenied"],
    ["PermissionDenied", "PermissionDenied"],
    [undefined, "PermissionDenied"],
    ["PermissionDenied", "PermissionDenied"],
    [undefined, "PermissionDenied"],
    [undefined, undefined],
  ]);
});
