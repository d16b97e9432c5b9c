import type { DescEnum, EnumShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createEmulator, type EmulatorOptions, ids, tokens } from "../../emulator";
import { AgentService } from "../../proto/gen/gitpod/v1/agent_pb";
import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import {
  EnvironmentAutomationService,
  ServicePhaseSchema,
  TaskExecutionPhaseSchema,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentPhaseSchema, EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { InsightsService } from "../../proto/gen/gitpod/v1/insights_pb";
import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { SecretService } from "../../proto/gen/gitpod/v1/secret_pb";
import { SecurityService } from "../../proto/gen/gitpod/v1/security_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { UserService } from "../../proto/gen/gitpod/v1/user_pb";
import { WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
import { WorkflowService } from "../../proto/gen/gitpod/v1/workflow_pb";
export const small = { machine: { class: ids.smallClass } };
export const repository = {
  specs: [{ spec: { case: "contextUrl" as const, value: { url: "https://github.com/acme/shop" } } }],
};

export function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator(options);
  const as = (token: string) => {
    const transport = emulator.transport(token);
    return {
      accounts: createClient(ServiceAccountService, transport),
      agents: createClient(AgentService, transport),
      automations: createClient(EnvironmentAutomationService, transport),
      billing: createClient(BillingService, transport),
      configurations: createClient(RunnerConfigurationService, transport),
      environments: createClient(EnvironmentService, transport),
      events: createClient(EventService, transport),
      groups: createClient(GroupService, transport),
      identity: createClient(IdentityService, transport),
      insights: createClient(InsightsService, transport),
      integrations: createClient(IntegrationService, transport),
      organizations: createClient(OrganizationService, transport),
      prebuilds: createClient(PrebuildService, transport),
      projects: createClient(ProjectService, transport),
      runners: createClient(RunnerService, transport),
      secrets: createClient(SecretService, transport),
      security: createClient(SecurityService, transport),
      teams: createClient(TeamService, transport),
      users: createClient(UserService, transport),
      webhooks: createClient(WebhookService, transport),
      workflows: createClient(WorkflowService, transport),
    };
  };
  const clients = as(tokens.owner);
  const { environments, automations } = clients;

  const environment = async (environmentId: string) => {
    const response = await environments.getEnvironment({ environmentId });
    return response.environment ?? fail();
  };
  const service = async (id: string) => (await automations.getService({ id })).service ?? fail();
  const execution = async (id: string) => (await automations.getTaskExecution({ id })).taskExecution ?? fail();

  return {
    emulator,
    as,
    ...clients,
    environment,
    service,
    execution,
    phaseOf: async (id: string) => short(EnvironmentPhaseSchema, (await environment(id)).status?.phase),
    servicePhaseOf: async (id: string) => short(ServicePhaseSchema, (await service(id)).status?.phase),
    executionPhaseOf: async (id: string) => short(TaskExecutionPhaseSchema, (await execution(id)).status?.phase),

    /** Creates an environment and lets it come to rest. */
    settled: async (name = "work") => {
      const response = await environments.createEnvironment({ name, spec: small });
      emulator.settle();
      return response.environment?.id ?? fail();
    },
    addService: async (environmentId: string, start: string, more: { ready?: string; stop?: string } = {}) => {
      const response = await automations.createService({
        environmentId,
        metadata: { reference: `service-${emulator.world.services.rows.size}`, name: "Web" },
        spec: { commands: { start, ...more } },
      });
      return response.service?.id ?? fail();
    },
    addTask: async (environmentId: string, command: string, dependsOn: string[] = []) => {
      const response = await automations.createTask({
        environmentId,
        metadata: { reference: `task-${emulator.world.tasks.rows.size}`, name: "Build" },
        spec: { command },
        dependsOn,
      });
      return response.task?.id ?? fail();
    },
    addProject: async (name = "Shop") => {
      const response = await clients.projects.createProject({ name, initializer: repository });
      return response.project?.id ?? fail();
    },

    /** The phases that a read sees while time passes, each once, until nothing moves. */
    path: async (read: () => Promise<string>) => {
      const seen = [await read()];
      while (emulator.step() > 0) {
        const phase = await read().catch((reason) => Code[ConnectError.from(reason).code]);
        if (phase !== seen.at(-1)) {
          seen.push(phase);
        }
      }
      return seen;
    },
  };
}

/** The code and the message that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<[string | undefined, string]> {
  try {
    await call;
  } catch (reason) {
    const error = ConnectError.from(reason);
    return [Code[error.code], error.rawMessage];
  }
  return [undefined, "the call succeeded"];
}

function short<Desc extends DescEnum>(desc: Desc, phase: EnumShape<Desc> | undefined): string {
  return desc.value[phase ?? 0]?.localName ?? `unknown phase ${phase}`;
}

function fail(): never {
  throw new Error("the answer lacks what every answer has");
}
