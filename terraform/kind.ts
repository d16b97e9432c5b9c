import type { Values } from "./state";

/** The kind that matches a type of `gitpod-io/ona`. */
export interface Kind {
  name: string;
  /** Returns the id by which an object is imported; undefined if the state lacks it. */
  id: (values: Values) => string | undefined;
}

/** The scopes of a secret: the member that names the owner in an id, and the attribute of the state that holds it. */
const scopes: Record<string, { member: string; attribute: string }> = {
  organization: { member: "organizationId", attribute: "organization_id" },
  project: { member: "projectId", attribute: "project_id" },
  service_account: { member: "serviceAccountId", attribute: "service_account_id" },
  user: { member: "userId", attribute: "user_id" },
};

const own = (values: Values) => text(values.id);

/** The kinds by the types of `gitpod-io/ona`; its other types have no kind yet. */
export const kinds: Record<string, Kind | undefined> = {
  ona_group: { name: "Group", id: own },
  ona_project: { name: "Project", id: own },
  ona_secret: { name: "Secret", id: scoped },
};

function scoped(values: Values): string | undefined {
  const scope = scopes[String(values.scope)];
  const owner = scope && text(values[scope.attribute]);
  const id = own(values);
  return scope && owner && id ? `${scope.member}/${owner}/${id}` : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
