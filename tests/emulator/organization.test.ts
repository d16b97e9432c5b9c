import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import {
  ConversationSharingPolicy,
  ListMembersRequest_SortField as Field,
  OrganizationRole as Role,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { open, refusal } from "./open";

const organizationId = ids.organization;
const nobody = "01900000-0000-7000-8000-00000000ffff";

test("an update of policies changes what it says and nothing else", async () => {
  const { organizations } = open();
  const read = async () => (await organizations.getOrganizationPolicies({ organizationId })).policies;
  const before = await read();
  await organizations.updateOrganizationPolicies({
    organizationId,
    allowedEditorIds: ["vscode", "zed"],
    portSharingDisabled: true,
    maximumEnvironmentTimeout: { seconds: 3600n },
    agentPolicy: { commandDenyList: ["rm"], conversationSharingPolicy: ConversationSharingPolicy.DISABLED },
    securityAgentPolicy: { crowdstrike: { image: "falcon:1", tags: "a" } },
    vetoExecPolicy: { enabled: true, executables: ["/usr/bin/curl"] },
  });
  await organizations.updateOrganizationPolicies({
    organizationId,
    allowedEditorIds: [],
    editorVersionRestrictions: {},
    portSharingDisabled: false,
    agentPolicy: { mcpDisabled: true, commandDenyList: [] },
    securityAgentPolicy: { crowdstrike: { enabled: true, tags: "" } },
    vetoExecPolicy: { executables: ["/usr/bin/wget"] },
  });
  const { agentPolicy, securityAgentPolicy, vetoExecPolicy, ...rest } = (await read()) ?? {};

  expect(rest).toMatchObject({
    membersCreateProjects: true,
    defaultEditorId: before?.defaultEditorId,
    maximumEnvironmentsPerUser: before?.maximumEnvironmentsPerUser,
    allowedEditorIds: ["vscode", "zed"],
    portSharingDisabled: false,
    maximumEnvironmentTimeout: { seconds: 3600n },
  });
  expect(agentPolicy).toMatchObject({
    mcpDisabled: true,
    commandDenyList: ["rm"],
    conversationSharingPolicy: ConversationSharingPolicy.DISABLED,
  });
  expect(securityAgentPolicy?.crowdstrike).toMatchObject({ enabled: true, image: "falcon:1", tags: "" });
  expect(vetoExecPolicy).toMatchObject({ enabled: false, executables: ["/usr/bin/wget"] });
});

test("members either need projects or make them", async () => {
  const { organizations } = open();
  const flags = async (change: { membersRequireProjects?: boolean; membersCreateProjects?: boolean }) => {
    const [code] = await refusal(organizations.updateOrganizationPolicies({ organizationId, ...change }));
    const { policies } = await organizations.getOrganizationPolicies({ organizationId });
    return [code, policies?.membersRequireProjects, policies?.membersCreateProjects];
  };

  expect([
    await flags({}),
    await flags({ membersRequireProjects: true }),
    await flags({ membersRequireProjects: false }),
    await flags({ membersRequireProjects: true }),
    await flags({ membersCreateProjects: true }),
    await flags({ membersRequireProjects: true, membersCreateProjects: true }),
  ]).toEqual([
    [undefined, false, true],
    [undefined, true, false],
    [undefined, false, false],
    [undefined, true, false],
    [undefined, false, true],
    ["InvalidArgument", false, true],
  ]);
});

test("policies name a security policy and a group that exist, and an empty id names none", async () => {
  const { as, groups, organizations, security } = open();
  const policy = { organizationId, metadata: { name: "Strict" }, spec: {} };
  const securityPolicyId = (await security.createSecurityPolicy(policy)).securityPolicy?.id ?? "";
  const scmToolsAllowedGroupId = (await groups.createGroup({ organizationId, name: "SCM" })).group?.id ?? "";
  const theirs = { organizationId: ids.otherOrganization, metadata: { name: "Theirs" }, spec: {} };
  const foreign = (await as(tokens.stranger).security.createSecurityPolicy(theirs)).securityPolicy?.id ?? "";
  const update = async (change: { securityPolicyId?: string; agentPolicy?: { scmToolsAllowedGroupId: string } }) =>
    (await refusal(organizations.updateOrganizationPolicies({ organizationId, ...change })))[0];
  const assigned = async () => {
    const { policies } = await organizations.getOrganizationPolicies({ organizationId });
    return [policies?.securityPolicyId, policies?.agentPolicy?.scmToolsAllowedGroupId];
  };

  expect(await update({ securityPolicyId, agentPolicy: { scmToolsAllowedGroupId } })).toBeUndefined();
  expect(await update({ securityPolicyId: nobody })).toBe("InvalidArgument");
  expect(await update({ securityPolicyId: foreign })).toBe("InvalidArgument");
  expect(await update({ agentPolicy: { scmToolsAllowedGroupId: nobody } })).toBe("InvalidArgument");
  expect(await assigned()).toEqual([securityPolicyId, scmToolsAllowedGroupId]);
  expect((await refusal(security.deleteSecurityPolicy({ securityPolicyId })))[0]).toBe("FailedPrecondition");
  expect(await update({ securityPolicyId: "", agentPolicy: { scmToolsAllowedGroupId: "" } })).toBeUndefined();
  expect(await assigned()).toEqual(["", ""]);
  await security.deleteSecurityPolicy({ securityPolicyId });
});

test("an organization has a banner that is off, terms without a version and OIDC tokens of version 3 from its start", async () => {
  const { as, emulator } = open();
  const { organizations } = as(tokens.readOnly);

  expect((await organizations.getAnnouncementBanner({ organizationId })).banner).toMatchObject({
    organizationId,
    message: "",
    enabled: false,
  });
  const { termsOfService } = await organizations.getTermsOfService({ organizationId });
  expect([termsOfService?.enabled, termsOfService?.currentVersion]).toEqual([false, undefined]);
  expect((await organizations.getOIDCConfig({ organizationId })).oidcConfig).toMatchObject({ version: { case: "v3" } });
  expect(emulator.admin.objects("oidcConfigs")).toHaveLength(2);
});

test("a banner keeps what an update leaves out, and is for the enterprise tier", async () => {
  const { emulator, organizations } = open();
  const update = async (change: { message?: string; enabled?: boolean }) =>
    (await organizations.updateAnnouncementBanner({ organizationId, ...change })).banner;

  expect(await update({ message: "Maintenance", enabled: true })).toMatchObject({ message: "Maintenance" });
  expect(await update({ enabled: false })).toMatchObject({ message: "Maintenance", enabled: false });
  expect(await update({ message: "" })).toMatchObject({ message: "", enabled: false });
  emulator.admin.patch("organizations", organizationId, { tier: "ORGANIZATION_TIER_CORE" });
  expect((await refusal(update({ enabled: true })))[0]).toBe("FailedPrecondition");
});

test("terms with another text are a new version, and those with an equal one are not", async () => {
  const { organizations } = open();
  const publish = async (change: { markdown?: string; enabled?: boolean }) => {
    const { termsOfService } = await organizations.updateTermsOfService({ organizationId, ...change });
    const { version, markdown, createdByUserId } = termsOfService?.currentVersion ?? {};
    return [termsOfService?.enabled, version, markdown, createdByUserId];
  };

  expect(await publish({ markdown: "" })).toEqual([false, undefined, undefined, undefined]);
  expect(await publish({ markdown: "# One", enabled: true })).toEqual([true, 1, "# One", ids.owner]);
  expect(await publish({ markdown: "# One" })).toEqual([true, 1, "# One", ids.owner]);
  expect(await publish({ enabled: false })).toEqual([false, 1, "# One", ids.owner]);
  expect(await publish({ markdown: "# Two" })).toEqual([false, 2, "# Two", ids.owner]);
});

test("an administrator that is no person changes the banner, but publishes no terms", async () => {
  const { as, groups } = open();
  const groupId = (await groups.getGroup({ group: { case: "name", value: "Administrators" } })).group?.id ?? "";
  const subject = { id: ids.serviceAccount, principal: Principal.SERVICE_ACCOUNT };
  await groups.createMembership({ groupId, subject });
  const robot = as(tokens.serviceAccount).organizations;
  const terms = await refusal(robot.updateTermsOfService({ organizationId, markdown: "# Three" }));

  expect(terms[0]).toBe("PermissionDenied");
  expect((await refusal(robot.updateAnnouncementBanner({ organizationId, enabled: true })))[0]).toBeUndefined();
});

test("the OIDC configuration is taken whole", async () => {
  const { organizations } = open();
  const v3 = (extraSubFields: string[]) => ({ version: { case: "v3" as const, value: { extraSubFields } } });
  const v2 = { version: { case: "v2" as const, value: {} } };
  const set = async (oidcConfig: typeof v2 | ReturnType<typeof v3>) => {
    const answer = await organizations.updateOIDCConfig({ organizationId, oidcConfig });
    expect((await organizations.getOIDCConfig({ organizationId })).oidcConfig).toEqual(answer.oidcConfig);
    return answer.oidcConfig;
  };

  expect(await set(v3(["email", "project_id"]))).toMatchObject(v3(["email", "project_id"]));
  expect(await set(v3([]))).toMatchObject(v3([]));
  expect(await set(v2)).toMatchObject(v2);
});

test("an organization can be renamed, and empty domains end invitations by domain", async () => {
  const { organizations } = open();
  const update = async (change: { name?: string; inviteDomains?: { domains: string[] } }) => {
    const { organization } = await organizations.updateOrganization({ organizationId, ...change });
    expect((await organizations.getOrganization({ organizationId })).organization).toEqual(organization);
    return [organization?.name, organization?.inviteDomains?.domains];
  };

  expect(await update({ inviteDomains: { domains: ["acme.com"] } })).toEqual(["Emulated Organization", ["acme.com"]]);
  expect(await update({ name: "Acme" })).toEqual(["Acme", ["acme.com"]]);
  expect(await update({ inviteDomains: { domains: [] } })).toEqual(["Acme", undefined]);
  expect((await refusal(update({ name: "" })))[0]).toBe("InvalidArgument");
});

test("members are listed by who they are, in the order that is asked for", async () => {
  const { emulator, groups, organizations, teams } = open();
  const userId = emulator.admin.addMember({ name: "Ada Lovelace", role: "admin" });
  const { team } = await teams.createTeam({ organizationId, name: "Shop" });
  await teams.addTeamMember({ teamId: team?.id ?? "", userId: ids.colleague });
  const list = async (filter: object, sort = {}) =>
    (await organizations.listMembers({ organizationId, filter, sort })).members.map((member) => member.userId);
  const groupId = (await groups.getGroup({ group: { case: "name", value: "Administrators" } })).group?.id ?? "";

  expect(await list({})).toEqual([ids.owner, ids.colleague, userId]);
  expect(await list({ userIds: [ids.colleague] })).toEqual([ids.colleague]);
  expect(await list({ roles: [Role.ADMIN] })).toEqual([ids.owner, userId]);
  expect(await list({ email: "ada.lovelace@emulator.localhost" })).toEqual([userId]);
  expect(await list({ search: "LOVE" })).toEqual([userId]);
  expect(await list({ excludeGroupIds: [groupId] })).toEqual([ids.colleague]);
  expect(await list({ excludeMembersInAnyTeam: true })).toEqual([ids.owner, userId]);
  expect(await list({}, { field: Field.NAME })).toEqual([userId, ids.owner, ids.colleague]);
  expect(await list({}, { field: Field.NAME, order: SortOrder.DESC })).toEqual([ids.colleague, ids.owner, userId]);
});

test("members come page by page, each once, and are counted", async () => {
  const { emulator, organizations } = open();
  const joined = Array.from({ length: 5 }, (_, i) => emulator.admin.addMember({ name: `Person ${i}` }));
  const page = (token: string) =>
    organizations.listMembers({ organizationId, pagination: { pageSize: 3, token }, count: { include: true } });
  const pages = [await page("")];
  while (pages.at(-1)?.pagination?.nextToken) {
    pages.push(await page(pages.at(-1)?.pagination?.nextToken ?? ""));
  }

  expect(pages.map(({ members }) => members.length)).toEqual([3, 3, 1]);
  expect(pages.flatMap(({ members }) => members.map(({ userId }) => userId))).toEqual([
    ids.owner,
    ids.colleague,
    ...joined,
  ]);
  expect(pages[0]?.count?.value).toBe(7);
});

test("a role of a member is what the member may do, and the last administrator keeps it", async () => {
  const { as, emulator, organizations } = open();
  const colleague = as(tokens.colleague).organizations;
  const set = async (by: typeof organizations, userId: string, role: Role) =>
    (await refusal(by.setRole({ organizationId, userId, role })))[0];

  expect(await set(colleague, ids.owner, Role.MEMBER)).toBe("PermissionDenied");
  expect(await set(organizations, ids.owner, Role.MEMBER)).toBe("FailedPrecondition");
  expect(await set(organizations, nobody, Role.ADMIN)).toBe("NotFound");
  expect(await set(organizations, ids.stranger, Role.ADMIN)).toBe("NotFound");
  expect(await set(organizations, ids.colleague, Role.UNSPECIFIED)).toBe("InvalidArgument");
  expect(await set(organizations, ids.colleague, Role.ADMIN)).toBeUndefined();
  expect(await set(colleague, ids.owner, Role.MEMBER)).toBeUndefined();
  expect(await set(organizations, ids.colleague, Role.MEMBER)).toBe("PermissionDenied");
  expect(await set(colleague, ids.colleague, Role.MEMBER)).toBe("FailedPrecondition");
  const { members } = await organizations.listMembers({ organizationId });
  expect(members.map(({ role }) => role)).toEqual([Role.MEMBER, Role.ADMIN]);
  emulator.admin.patch("members", ids.owner, { status: "USER_STATUS_LEFT" });
  expect(await set(colleague, ids.owner, Role.ADMIN)).toBe("NotFound");
});

test("members read what governs their organization, administrators change it, and others do not know of it", async () => {
  const { as } = open();
  const [colleague, stranger] = [as(tokens.colleague).organizations, as(tokens.stranger).organizations];
  const reads = (by: typeof colleague) => [
    by.getOrganization({ organizationId }),
    by.getOrganizationPolicies({ organizationId }),
    by.getAnnouncementBanner({ organizationId }),
    by.getTermsOfService({ organizationId }),
    by.getOIDCConfig({ organizationId }),
    by.listMembers({ organizationId }),
  ];
  const writes = (by: typeof colleague) => [
    by.updateOrganization({ organizationId, name: "Mine" }),
    by.updateOrganizationPolicies({ organizationId, portSharingDisabled: true }),
    by.updateAnnouncementBanner({ organizationId, enabled: true }),
    by.updateTermsOfService({ organizationId, enabled: true }),
    by.updateOIDCConfig({ organizationId, oidcConfig: { version: { case: "v2", value: {} } } }),
    by.setRole({ organizationId, userId: ids.colleague, role: Role.ADMIN }),
  ];
  const codes = async (calls: Promise<unknown>[]) => [
    ...new Set((await Promise.all(calls.map(refusal))).map(([code = "Ok"]) => code)),
  ];

  expect(await codes(reads(colleague))).toEqual(["Ok"]);
  expect(await codes(writes(colleague))).toEqual(["PermissionDenied"]);
  expect(await codes([...reads(stranger), ...writes(stranger)])).toEqual(["NotFound"]);
});

test("what governs an organization survives in the file, and a file without it gets what every organization has", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "emulator-")), "world.json");
  const before = open({ stateFile });
  await before.organizations.updateAnnouncementBanner({ organizationId, message: "Hello" });
  await before.emulator.close();
  const banner = async ({ organizations }: typeof before) =>
    (await organizations.getAnnouncementBanner({ organizationId })).banner?.message;
  const after = open({ stateFile });
  const kept = await banner(after);
  await after.emulator.close();
  const saved = JSON.parse(readFileSync(stateFile, "utf8"));
  delete saved.tables.announcementBanners;
  writeFileSync(stateFile, JSON.stringify(saved));

  expect([kept, await banner(open({ stateFile }))]).toEqual(["Hello", ""]);
});
