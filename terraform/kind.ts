import { partsOf } from "../provider/model/address";
import type { Definition } from "../provider/model/definition";
import * as resources from "../provider/resources";
import type { Values } from "./resource";

/** What a type of `gitpod-io/ona` is here. */
export interface Kind {
  name: string;
  /** Returns the id by which an object is imported; undefined if the state lacks it. */
  id: (values: Values) => string | undefined;
  /** Its inputs and outputs that no read gives back. */
  untold: readonly string[];
  /** Whether there is an object, where the type stands for a switch. */
  isOn?: (values: Values) => boolean;
}

/** The kinds by the types of `gitpod-io/ona`, and by `ona_project_insights`, which earlier releases of it have. */
export const kinds: Record<string, readonly Kind[] | undefined> = {
  ona_announcement_banner: [only(resources.announcementBanner)],
  ona_automation: [owning(resources.workflow)],
  ona_automation_role_assignment: [role("workflow", "automation_id", (name) => `workflow_${name}`)],
  ona_custom_domain: [only(resources.customDomain)],
  ona_environment_class: [owning(resources.environmentClass)],
  ona_git_authentication: [{ ...owning(resources.hostAuthenticationToken), id: ofAccount }],
  ona_github_app_integration: [owning(resources.integration)],
  ona_group: [owning(resources.group)],
  ona_group_membership: [addressed(resources.groupMembership, member)],
  ona_integration: [owning(resources.integration)],
  ona_oidc_config: [only(resources.oidcConfig)],
  ona_organization_ai_budget: [addressed(resources.userBudget, ({ mode }) => ({ mode }))],
  ona_organization_policies: [only(resources.organizationPolicies)],
  ona_organization_role_assignment: [
    role("organization", "organization_id", (name) => `org_${name.replace(/^organization_/, "")}`),
  ],
  ona_project: [owning(resources.project), insights(({ insights_enabled: is }) => is === true)],
  ona_project_insights: [insights(({ enabled: is }) => is !== false)],
  ona_project_role_assignment: [role("project", "project_id", (name) => `project_${name}`)],
  ona_runner: [owning(resources.runner)],
  ona_runner_llm_integration: [owning(resources.llmIntegration)],
  ona_runner_role_assignment: [role("runner", "runner_id", (name) => `runner_${name}`)],
  ona_runner_token: [addressed(resources.runnerToken, ({ runner_id: runnerId }) => ({ runnerId }))],
  ona_scim_configuration: [owning(resources.scimConfiguration)],
  ona_scm_integration: [owning(resources.scmIntegration)],
  ona_secret: [{ ...owning(resources.secret), id: scoped }],
  ona_security_policy: [owning(resources.securityPolicy)],
  ona_service_account: [owning(resources.serviceAccount)],
  ona_skill: [owning(resources.prompt)],
  ona_sso_configuration: [owning(resources.ssoConfiguration)],
  ona_team: [owning(resources.team)],
  ona_team_ai_budget: [addressed(resources.teamCreditAllocation, ({ team_id: teamId }) => ({ teamId }))],
  ona_team_membership: [
    addressed(resources.teamMember, ({ team_id: teamId, user_id: userId }) => ({ teamId, userId })),
  ],
  ona_terms_of_service: [only(resources.termsOfService)],
  ona_user_ai_budget: [addressed(resources.userBudget, ({ mode, user_id: userId }) => ({ mode, userId }))],
  ona_warm_pool: [owning(resources.warmPool)],
  ona_webhook: [owning(resources.webhook)],
};

/** A kind that is imported by the id of the state. */
function owning({ kind, writeOnly = [], sensitive = [], once = {} }: Definition): Kind {
  return { name: kind, id: ({ id }) => text(id), untold: [...writeOnly, ...sensitive, ...Object.keys(once)] };
}

/** A kind of which the organization has one object. */
function only(definition: Definition): Kind {
  return addressed(definition, () => ({ organizationId: "current" }));
}

/** A kind that is imported by its address, of which the state has these parts. */
function addressed(definition: Definition, partsIn: (values: Values) => Record<string, unknown>): Kind {
  const { address = [] } = definition;
  const idOf = (parts: Record<string, unknown>): string | undefined => {
    const id = address.flatMap((name) => (name in parts ? [text(parts[name]) ?? ""] : [])).join("/");
    return partsOf(definition, id) && id;
  };
  return { ...owning(definition), id: (values) => idOf(partsIn(values)) };
}

/** The roles on resources of a type, whose id is in this attribute; the organization's own role may leave it out. */
function role(resourceType: string, attribute: string, roleOf: (name: string) => string): Kind {
  return addressed(resources.roleAssignment, (values) => ({
    resourceType,
    resourceId: text(values[attribute]) ?? (resourceType === "organization" ? "current" : undefined),
    groupId: values.group_id,
    resourceRole: roleOf(text(values.role) ?? ""),
  }));
}

function member({
  group_id: groupId,
  user_id: userId,
  service_account_id: accountId,
}: Values): Record<string, unknown> {
  const principal = text(userId) === undefined ? "service_account" : "user";
  return { groupId, "subject.principal": principal, "subject.id": text(userId) ?? accountId };
}

function insights(isOn: (values: Values) => boolean): Kind {
  return { ...owning(resources.projectInsights), isOn };
}

/** The scopes of a secret: the member that names the owner in an id, and the attribute of the state that holds it. */
const scopes: Record<string, { member: string; attribute: string }> = {
  organization: { member: "organizationId", attribute: "organization_id" },
  project: { member: "projectId", attribute: "project_id" },
  service_account: { member: "serviceAccountId", attribute: "service_account_id" },
  user: { member: "userId", attribute: "user_id" },
};

function scoped(values: Values): string | undefined {
  const scope = scopes[String(values.scope)];
  const owner = scope && text(values[scope.attribute]);
  const id = text(values.id);
  return scope && owner && id ? `${scope.member}/${owner}/${id}` : undefined;
}

/** What belongs to a service account is imported with the id of that. */
function ofAccount({ id, service_account_id: account }: Values): string | undefined {
  return text(account) === undefined ? text(id) : text(id) && `${account}/${id}`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
