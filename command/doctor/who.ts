import {
  type GetAuthenticatedIdentityResponse as Identity,
  Principal,
  type Subject,
} from "../../proto/gen/gitpod/v1/identity_pb";
import { OrganizationRole, OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import type { Client } from "../../provider/client/client";
import { plainLine } from "../../provider/value/plain-line";
import { about, type Check } from "./check";

/** Says whose token it is, of which organization, and what the API tells of its rights. */
export async function who(client: Client, { subject, organizationId }: Identity): Promise<Check[]> {
  const [{ name, rights }, organization] = await Promise.all([
    subjectOf(client, organizationId, subject),
    orNothing(client.call(OrganizationService.method.getOrganization, { organizationId }, { timeoutMs })),
  ]);
  const kind = words(Principal[subject?.principal ?? Principal.UNSPECIFIED] ?? "");
  const place = named("", organization?.organization?.name, organizationId);
  return [
    about("account").ok(`${named(kind, name, subject?.id)} of ${place || "no organization"}`),
    about("rights").note(`${rights}; the API does not tell whether the token is read-only`),
  ];
}

/** Milliseconds. */
const timeoutMs = 10_000;

interface Known {
  readonly name?: string | undefined;
  readonly rights: string;
}

async function subjectOf(client: Client, organizationId: string, subject: Subject | undefined): Promise<Known> {
  const { id = "", principal } = subject ?? {};
  if (principal === Principal.USER) {
    const request = { organizationId, filter: { userIds: [id] } };
    const found = await orNothing(client.call(OrganizationService.method.listMembers, request, { timeoutMs }));
    const member = found?.members.find(({ userId }) => userId === id);
    return { name: member?.fullName, rights: roleWords[member?.role ?? OrganizationRole.UNSPECIFIED] };
  }
  const account =
    principal === Principal.SERVICE_ACCOUNT
      ? await orNothing(
          client.call(ServiceAccountService.method.getServiceAccount, { serviceAccountId: id }, { timeoutMs }),
        )
      : undefined;
  return {
    name: account?.serviceAccount?.name,
    rights: "an account that may write what the roles of its groups allow",
  };
}

const roleWords: { readonly [role in OrganizationRole]: string } = {
  [OrganizationRole.UNSPECIFIED]: "the API does not tell its role in the organization",
  [OrganizationRole.ADMIN]: "an administrator of the organization",
  [OrganizationRole.MEMBER]: "a member, who may write what the roles of their groups allow",
};

/** What else is told of an account is worth having, but the token may lack the right to read it. */
const orNothing = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);

const words = (name: string): string => name.toLowerCase().replaceAll("_", " ");

const named = (kind: string, name: string | undefined, id = ""): string =>
  [kind, plainLine(name ?? "", 80), id && `(${id})`].filter((part) => part !== "").join(" ");
