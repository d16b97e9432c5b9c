import type { Assumption } from "../assumption";

/** What is assumed about the organization and the people in it. */
export const organization: readonly Assumption[] = [
  {
    id: "service-account-user",
    assumes: "The user of a token of a service account is `permission_denied`.",
    said: ["docs/emulator.md", "emulator/service/user.ts"],
    probe: { could: "A service account with a token, and a read of its user with that, would tell." },
  },
  {
    id: "membership-taken",
    assumes:
      "A membership or role that exists is refused with `already_exists`; a group may have several roles on one resource.",
    said: ["docs/emulator.md", "emulator/service/membership.ts", "emulator/service/role-assignment.ts"],
    leans: "After a lost answer, a create of a membership or role fails instead of taking over what it has made.",
    probe: { could: "A group, and twice the same role for it, would tell." },
  },
  {
    id: "group-member-kind",
    assumes: "Group members other than users and service accounts are `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/membership.ts"],
    probe: { could: "A group, and a membership of a runner in it, would tell." },
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
    probe: { could: "An update of the policies with the id of none would tell." },
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
    probe: { could: "An update of the organization and the way back would tell." },
  },
  {
    id: "invite-voided",
    assumes: "An invite that a later one has voided is `not_found`.",
    said: ["docs/emulator.md", "emulator/service/invite.ts"],
    probe: { could: "Two invites, and a summary of the first, would tell, but the second voids what people have." },
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
    probe: { could: "A group with a role on the organization, and two lists of its roles, would tell." },
  },
  {
    id: "team-second",
    assumes: "A user who joins a second team is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/team.ts"],
    probe: { could: "Two teams, and the caller in both, would tell where nobody else is in one." },
  },
  {
    id: "reads-by-members",
    assumes: "Every member reads teams, groups, roles, prompts, integrations and policies.",
    said: ["docs/emulator.md", "emulator/permission.ts"],
    probe: { could: "A second account without roles would tell." },
  },
  {
    id: "names-not-unique",
    assumes: "Names of teams, service accounts, security policies, workflows and prompts need not be unique.",
    said: ["docs/emulator.md", "emulator/service/security.ts"],
    leans: "A second object of one name is refused; a program that replaces one before it deletes the old one fails.",
    probe: { could: "Two prompts of one name would tell." },
  },
  {
    id: "service-account-suspended",
    assumes:
      "A suspended service account can be read; changes and new tokens are `failed_precondition`, its tokens are invalid, and deleting it again is no error.",
    said: ["docs/emulator.md", "emulator/service/service-account.ts", "emulator/call/authenticate.ts"],
    leans: "A destroy of an account that somebody has suspended fails.",
    probe: {
      could: "A service account, its deletion, and a change would tell, but nothing takes a suspended one away.",
    },
  },
  {
    id: "security-policy-assigned",
    assumes: "A security policy that is assigned cannot be deleted: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/security.ts"],
    probe: { could: "A security policy that the policies name for a moment would tell." },
  },
  {
    id: "domain-verify-without-record",
    assumes: "`VerifyDomain` without the right record returns the verification unchanged.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    leans: "A `DomainVerification` fails at once instead of waiting for the record.",
    probe: { could: "A verification of a domain below `invalid` would tell." },
  },
  {
    id: "sso-key",
    assumes: "A second SSO configuration of the same issuer and client is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    probe: { could: "Two configurations for a verified domain would tell." },
  },
  {
    id: "sso-domain-unverified",
    assumes: "An SSO configuration for an unverified domain is refused with `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/sign-in.ts"],
    probe: { could: "A configuration for a domain below `invalid` would tell." },
  },
  {
    id: "scim-new-on",
    assumes: "A new SCIM configuration is on; there is one for each SSO configuration, with which it goes.",
    said: ["docs/emulator.md", "emulator/service/scim.ts"],
    probe: { could: "An SSO configuration, and a SCIM configuration of it, would tell." },
  },
  {
    id: "scim-token-off",
    assumes: "The token of a SCIM configuration that is off is not valid until it is on again.",
    said: ["docs/emulator.md", "emulator/service/scim.ts"],
    probe: { could: "A SCIM configuration that is turned off, and a request with its token, would tell." },
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
    probe: { could: "A budget of the caller without a limit, on the plan that has budgets, would tell." },
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
    probe: { could: "A second account with that role alone would tell." },
  },
];
