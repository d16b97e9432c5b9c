import { ids, tokens } from "../../emulator";
import { open, refusal } from "./open";

const organizationId = ids.organization;

test("a new invite voids the one before, and anybody who has one learns of the organization", async () => {
  const { as, emulator, organizations } = open();
  const make = async () => (await organizations.createOrganizationInvite({ organizationId })).invite?.inviteId ?? "";
  const stranger = as(tokens.stranger).organizations;
  const first = await make();
  const { $typeName: _, ...summary } = await stranger.getOrganizationInviteSummary({ inviteId: first });
  emulator.admin.patch("members", ids.colleague, { status: "USER_STATUS_LEFT" });
  const second = await make();
  const later = await stranger.getOrganizationInviteSummary({ inviteId: second });

  expect(summary).toEqual({
    organizationId,
    organizationName: "Emulated Organization",
    organizationMemberCount: 2,
  });
  expect(later.organizationMemberCount).toBe(1);
  expect((await refusal(stranger.getOrganizationInviteSummary({ inviteId: first })))[0]).toBe("NotFound");
  expect(emulator.admin.objects("organizationInvites")).toEqual([{ inviteId: second }]);
});

test("asking for the invite makes one where there is none, and leaves that of another organization alone", async () => {
  const { as, organizations } = open();
  const theirs = await as(tokens.stranger).organizations.createOrganizationInvite({
    organizationId: ids.otherOrganization,
  });
  const first = await organizations.getOrganizationInvite({ organizationId });
  const second = await organizations.getOrganizationInvite({ organizationId });
  const { invite } = await organizations.createOrganizationInvite({ organizationId });
  const third = await organizations.getOrganizationInvite({ organizationId });

  expect(first.invite?.inviteId).not.toBe(theirs.invite?.inviteId);
  expect(second.invite).toEqual(first.invite);
  expect([third.invite, invite?.inviteId === first.invite?.inviteId]).toEqual([invite, false]);
  await expect(
    organizations.getOrganizationInviteSummary({ inviteId: theirs.invite?.inviteId ?? "" }),
  ).resolves.toMatchObject({ organizationId: ids.otherOrganization });
});

test("only administrators make an invite, and asking for it is no read", async () => {
  const { as } = open();
  const code = async (token: string, method: "createOrganizationInvite" | "getOrganizationInvite") =>
    (await refusal(as(token).organizations[method]({ organizationId })))[0];

  expect(await code(tokens.colleague, "createOrganizationInvite")).toBe("PermissionDenied");
  expect(await code(tokens.colleague, "getOrganizationInvite")).toBe("PermissionDenied");
  expect(await code(tokens.readOnly, "getOrganizationInvite")).toBe("PermissionDenied");
  expect(await code(tokens.stranger, "getOrganizationInvite")).toBe("NotFound");
});
