import type { Assumption } from "../assumption";
import { memberKind, roleDerived, roleTaken } from "../probes/organization/group";
import { budgetLimits, domainsEmpty, policyAssigned, policyNames } from "../probes/organization/setting";
import { domainWithoutRecord, ssoUnverified } from "../probes/organization/sign-in";
import { secondTeam } from "../probes/organization/team";
import { namesNotUnique } from "../probes/workflow/prompt";

/** What is assumed about the organization and the people in it. */
export const organization: readonly Assumption[] = [
  {
    id: "service-account-user",
    assumes: "The user of a token of a service account is `permission_denied`.",
    said: ["docs/emulator.md", "emulator/service/user.ts"],
    probe: {
      cannot: "It takes a second account, and no call removes a service account: a deleted one stays, suspended.",
    },
  },
  {
    id: "membership-taken",
    assumes:
      "A membership or role that exists is refused with `already_exists`; a group may have several roles on one resource.",
    said: ["docs/emulator.md", "emulator/service/membership.ts", "emulator/service/role-assignment.ts"],
    leans: "After a lost answer, a create of a membership or role fails instead of taking over what it has made.",
    probe: roleTaken,
  },
  {
    id: "group-member-kind",
    assumes: "Group members other than users and service accounts are `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/membership.ts"],
    probe: memberKind,
  },
  {
    id: "administrator-last",
    assumes: "The last member of the administrators cannot be removed: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/membership.ts"],
    probe: { cannot: "Where it is otherwise, the attempt would lock everybody out." },
  },
  {
    id: "member-role",
    assumes:
      "The role of a member adds to the group of administrators and takes out of it; the last administrator keeps it: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/administrator.ts"],
    probe: { cannot: "Where it is otherwise, the attempt would lock everybody out." },
  },
  {
    id: "organization-policy-names",
    assumes: "A security policy or group that the policies name exists, else `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/organization-policy.ts"],
    probe: policyNames,
  },
  {
    id: "organization-policy-start",
    assumes: "A new organization restricts nothing.",
    said: ["emulator/standing.ts"],
    probe: { cannot: "It takes an organization that nobody has set up." },
  },
  {
    id: "invite-domains-empty",
    assumes: "Empty `inviteDomains` end invitations by domain; an empty name of an organization is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/organization.ts"],
    probe: domainsEmpty,
  },
  {
    id: "invite-voided",
    assumes: "An invite that a later one has voided is `not_found`.",
    said: ["docs/emulator.md", "emulator/service/invite.ts"],
    probe: { cannot: "The second invite voids the one that people have, and nothing brings it back." },
  },
  {
    id: "terms-of-service-versions",
    assumes: "Only a person publishes terms of service; those with an equal text are no new version.",
    said: ["docs/emulator.md", "emulator/service/organization-setting.ts"],
    probe: { cannot: "Nothing takes published terms back." },
  },
  {
    id: "role-derived",
    assumes:
      "Roles derived from one on the organization have ids that stay the same, and cannot be deleted: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/role-assignment.ts"],
    leans: "A derived role shows as a difference, or is deleted in vain.",
    probe: roleDerived,
  },
  {
    id: "team-second",
    assumes: "A user who joins a second team is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/team.ts"],
    probe: secondTeam,
  },
  {
    id: "reads-by-members",
    assumes: "Every member reads teams, groups, roles, prompts, integrations and policies.",
    said: ["docs/emulator.md", "emulator/permission.ts"],
    probe: {
      cannot: "It takes a second account, and no call removes a service account: a deleted one stays, suspended.",
    },
  },
  {
    id: "names-not-unique",
    assumes: "Names of teams, service accounts, security policies, workflows and prompts need not be unique.",
    said: ["docs/emulator.md", "emulator/service/security.ts"],
    leans: "A second object of one name is refused; a program that replaces one before it deletes the old one fails.",
    probe: namesNotUnique,
  },
  {
    id: "service-account-suspended",
    assumes:
      "A suspended service account can be read; changes and new tokens are `failed_precondition`, its tokens are invalid, and deleting it again is no error.",
    said: ["docs/emulator.md", "emulator/service/service-account.ts", "emulator/call/authenticate.ts"],
    leans: "A destroy of an account that somebody has suspended fails.",
    probe: {
      cannot: "It takes a second account, and no call removes a service account: a deleted one stays, suspended.",
    },
  },
  {
    id: "security-policy-assigned",
    assumes: "A security policy that is assigned cannot be deleted: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/security.ts"],
    probe: policyAssigned,
  },
  {
    id: "domain-verify-without-record",
    assumes: "`VerifyDomain` without the right record returns the verification unchanged.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    leans: "A `DomainVerification` fails at once instead of waiting for the record.",
    probe: domainWithoutRecord,
  },
  {
    id: "sso-key",
    assumes: "A second SSO configuration of the same issuer and client is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    probe: { cannot: "A configuration for a verified domain takes over the sign-in of its people." },
  },
  {
    id: "sso-domain-unverified",
    assumes: "An SSO configuration for an unverified domain is refused with `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    probe: ssoUnverified,
  },
  {
    id: "scim-new-on",
    assumes: "A new SCIM configuration is on; there is one for each SSO configuration, with which it goes.",
    said: ["docs/emulator.md", "emulator/service/scim.ts"],
    probe: { cannot: "A configuration for a verified domain takes over the sign-in of its people." },
  },
  {
    id: "scim-token-off",
    assumes: "The token of a SCIM configuration that is off is not valid until it is on again.",
    said: ["docs/emulator.md", "emulator/service/scim.ts"],
    probe: { cannot: "A configuration for a verified domain takes over the sign-in of its people." },
  },
  {
    id: "custom-domain-aws-account",
    assumes: "`awsAccountId` of a custom domain equals `cloudAccountId` on AWS, and is empty elsewhere.",
    said: ["docs/emulator.md", "emulator/service/custom-domain.ts"],
    probe: { cannot: "A custom domain takes the network of an organization, which has one at most." },
  },
  {
    id: "budget-one-limit",
    assumes:
      "A budget has exactly one of the limit of its mode and no cap, else `invalid_argument`; `Get` without a budget returns no `policy`.",
    said: ["docs/emulator.md", "emulator/service/billing.ts"],
    probe: budgetLimits,
  },
  {
    id: "cost-currency",
    assumes: "The default currency of costs is US dollars.",
    said: ["docs/emulator.md", "emulator/service/billing.ts"],
    probe: { cannot: "It takes a plan that counts costs." },
  },
  {
    id: "budget-who",
    assumes: "Administrators and `ORG_BILLING_VIEWER` see budgets.",
    said: ["docs/emulator.md", "emulator/permission.ts"],
    probe: {
      cannot: "It takes a second account, and no call removes a service account: a deleted one stays, suspended.",
    },
  },
];
