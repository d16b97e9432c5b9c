import { create } from "@bufbuild/protobuf";
import { classicTokens, type Emulator, ids, tokens } from "../emulator";
import { TeamsService } from "../proto/gen/gitpod/experimental/v1/teams_pb";
import { EnvironmentAutomationService } from "../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentService } from "../proto/gen/gitpod/v1/environment_pb";
import { GroupService } from "../proto/gen/gitpod/v1/group_pb";
import { OrganizationService } from "../proto/gen/gitpod/v1/organization_pb";
import { CreateProjectRequestSchema, ProjectService } from "../proto/gen/gitpod/v1/project_pb";
import { ServiceAccountService } from "../proto/gen/gitpod/v1/service_account_pb";
import { TeamService } from "../proto/gen/gitpod/v1/team_pb";
import { CreateWorkflowRequestSchema, WorkflowService } from "../proto/gen/gitpod/v1/workflow_pb";
import { apis } from "../provider/client/api";
import { type Client, createClient } from "../provider/client/client";

/** What is there before a program runs, for kinds whose objects live in others. */
export interface Home extends Readonly<Record<keyof Parents, readonly string[]>> {
  readonly environmentId: string;
  readonly taskId: string;
  readonly projectId: string;
  /** Environments of a program, for what each of them has one of. */
  readonly environments: readonly string[];
}

/** How many objects there are that others live in. */
export interface Parents {
  readonly groups: number;
  readonly teams: number;
  readonly users: number;
  readonly projects: number;
  readonly accounts: number;
  readonly signIns: number;
  readonly workflows: number;
  readonly classicTeams: number;
  readonly classicUsers: number;
}

/** Makes a client of an emulator in this process. */
export const clientIn = (emulator: Emulator, token?: string): Client =>
  createClient(emulator.transport(token), { host: "https://emulator.test/api" });

/** Makes a client of Gitpod Classic in that emulator. */
const classicClientIn = (emulator: Emulator): Client =>
  createClient(emulator.transport(classicTokens.owner), { host: "https://emulator.test", api: apis.experimental });

/** Makes what objects of some kinds live in. */
export async function settleHome(
  emulator: Emulator,
  {
    groups = 0,
    teams = 0,
    users = 0,
    projects = 0,
    accounts = 0,
    signIns = 0,
    workflows = 0,
    classicTeams = 0,
    classicUsers = 0,
  }: Partial<Parents> = {},
): Promise<Home> {
  const [client, classic] = [clientIn(emulator), classicClientIn(emulator)];
  const { environment } = await client.call(EnvironmentService.method.createEnvironment, {
    name: "Home",
    spec: { machine: { class: ids.smallClass } },
  });
  emulator.settle();
  const environmentId = environment!.id;
  const { task } = await client.call(EnvironmentAutomationService.method.createTask, {
    environmentId,
    metadata: { reference: "home", name: "Home" },
    spec: { command: "true" },
  });
  return {
    environmentId,
    taskId: task!.id,
    projectId: await addProject(client, "Home"),
    environments: [],
    groups: await each(groups, (i) => addGroup(client, `Group of the home ${i}`)),
    teams: await each(teams, (i) => addTeam(client, `Team of the home ${i}`)),
    accounts: await each(accounts, (i) => addAccount(client, `Account of the home ${i}`)),
    signIns: await each(signIns, (i) => addSignIn(client, `home-${i}`)),
    users: await each(users, async (i) => emulator.admin.addMember({ name: `User ${i}` })),
    // Somebody else's, as most that a program does not have.
    projects: await each(projects, (i) => addProject(clientIn(emulator, tokens.colleague), `Project of the home ${i}`)),
    workflows: await each(workflows, (i) => addWorkflow(client, `Workflow of the home ${i}`)),
    classicTeams: await each(classicTeams, (i) => addClassicTeam(classic, `Team of the home ${i}`)),
    classicUsers: await each(classicUsers, async (i) => emulator.admin.classic.addUser({ name: `User ${i}` })),
  };
}

async function each(count: number, make: (number: number) => Promise<string>): Promise<string[]> {
  const made: string[] = [];
  for (let number = 0; number < count; number++) made.push(await make(number));
  return made;
}

/** Adds a project that no program knows, whose prebuilds are on, and returns its id. */
export async function addProject(client: Client, name: string): Promise<string> {
  const { project } = await client.call(
    ProjectService.method.createProject,
    create(CreateProjectRequestSchema, {
      name,
      initializer: { specs: [{ spec: { case: "git", value: { remoteUri: "https://example.com/home.git" } } }] },
      prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass] },
    }),
  );
  return project!.id;
}

async function addGroup(client: Client, name: string): Promise<string> {
  const { group } = await client.call(GroupService.method.createGroup, { organizationId: ids.organization, name });
  return group!.id;
}

async function addTeam(client: Client, name: string): Promise<string> {
  const { team } = await client.call(TeamService.method.createTeam, { organizationId: ids.organization, name });
  return team!.id;
}

async function addClassicTeam(client: Client, name: string): Promise<string> {
  const { team } = await client.call(TeamsService.method.createTeam, { name });
  return team!.id;
}

async function addAccount(client: Client, name: string): Promise<string> {
  const { createServiceAccount } = ServiceAccountService.method;
  const { serviceAccount } = await client.call(createServiceAccount, { name, validUntil: "2060-01-01T00:00:00Z" });
  return serviceAccount!.id;
}

async function addSignIn(client: Client, clientId: string): Promise<string> {
  const { createSSOConfiguration } = OrganizationService.method;
  const { ssoConfiguration } = await client.call(createSSOConfiguration, {
    organizationId: ids.organization,
    clientId,
    clientSecret: "first-value",
    issuerUrl: "https://login.example.com",
  });
  return ssoConfiguration!.id;
}

async function addWorkflow(client: Client, name: string): Promise<string> {
  const { workflow } = await client.call(
    WorkflowService.method.createWorkflow,
    create(CreateWorkflowRequestSchema, {
      name,
      triggers: [
        {
          trigger: { case: "manual", value: {} },
          context: { context: { case: "agent", value: { prompt: "Look around." } } },
        },
      ],
      action: {
        limits: { maxParallel: 1, maxTotal: 1 },
        steps: [{ step: { case: "task", value: { command: "true" } } }],
      },
    }),
  );
  return workflow!.id;
}
