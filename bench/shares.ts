import { type Kind, single } from "./kinds";

/** What a stack has that is an organization: objects of every kind, each as many as `shares` says. */
export const organization = "organization";

/**
 * How many objects of each kind there are among 1,000 of an organization; kinds of which there is one at most are left
 * out, and memberships are what remains.
 *
 * These are our estimate, since nobody publishes such numbers. Who may do what takes half of an organization: a group has
 * a dozen members and ten roles. A tenth are projects, and what belongs to some of them comes next: secrets, warm pools,
 * environments with their services and tasks. What is set up once for many people or projects, such as a runner, a policy
 * or a way to sign in, is rare.
 */
const shares: { readonly [kind in Kind]?: number } = {
  RoleAssignment: 200,
  Project: 100,
  OrganizationMember: 80,
  Secret: 55,
  TeamMember: 50,
  Group: 20,
  Service: 20,
  Task: 20,
  WarmPool: 20,
  Environment: 15,
  Workflow: 10,
  Prompt: 10,
  ServiceAccountToken: 10,
  "experimental:TeamMember": 10,
  HostAuthenticationToken: 8,
  Prebuild: 8,
  UserBudget: 5,
  ProjectInsights: 5,
  ScmIntegration: 6,
  Team: 6,
  Webhook: 6,
  EnvironmentClass: 5,
  Integration: 5,
  ServiceAccount: 4,
  TaskExecution: 5,
  AutomationsFile: 3,
  WorkflowExecution: 4,
  Runner: 3,
  SecurityPolicy: 3,
  TeamCreditAllocation: 3,
  "experimental:Workspace": 3,
  DomainVerification: 2,
  LlmIntegration: 2,
  RunnerToken: 2,
  SsoConfiguration: 2,
  "experimental:Team": 2,
  ScimConfiguration: 1,
  "experimental:TeamInvitation": 1,
};

/** Returns how many objects of each kind an organization of so many has: at least one, and memberships for the rest. */
export function numbersOf(size: number): ReadonlyMap<Kind, number> {
  const numbers = new Map<Kind, number>([...single].map((kind) => [kind, 1]));
  for (const [kind, share] of Object.entries(shares) as [Kind, number][])
    numbers.set(kind, Math.max(1, Math.round((share * size) / 1000)));
  const others = [...numbers.values()].reduce((sum, number) => sum + number, 0);
  return numbers.set("GroupMembership", Math.max(1, size - others));
}
