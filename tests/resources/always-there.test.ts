import { ids } from "../../emulator";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import {
  announcementBanner,
  oidcConfig,
  organization,
  organizationMember,
  organizationPolicies,
} from "../../provider/resources";
import { callsDuring, created, createScene, notReady, refreshed, removed } from "./scene";

const banner = { message: "Closed on Sunday.", enabled: true };
const me = { userId: ids.owner, role: "ORGANIZATION_ROLE_ADMIN" };

test("what is always there is taken over and brought to the inputs, and what has them already is not written", async () => {
  const scene = createScene();

  const first = await callsDuring(scene, () => created(scene, announcementBanner, banner));
  scene.restart();
  const second = await callsDuring(scene, () => created(scene, announcementBanner, banner));

  expect(first).toMatchObject({ "OrganizationService/UpdateAnnouncementBanner": 1 });
  expect(second).toEqual({
    "IdentityService/GetAuthenticatedIdentity": 1,
    "OrganizationService/GetAnnouncementBanner": 1,
  });
  expect(scene.emulator.admin.objects("announcementBanners")).toMatchObject([banner, {}]);
});

test("its id is the organization's, whether or not the program states that", async () => {
  const scene = createScene();

  const kept = [
    await created(scene, announcementBanner, banner),
    await created(scene, organization, { organizationId: ids.organization, name: "Acme" }),
    await created(scene, oidcConfig, { oidcConfig: { v3: { extraSubFields: ["project_id"] } } }),
  ];

  expect(kept.map(({ id }) => id)).toEqual([ids.organization, ids.organization, ids.organization]);
  expect(kept[2]!.state.outputs).toEqual({
    organizationId: ids.organization,
    oidcConfig: { v3: { extraSubFields: ["project_id"] } },
  });
});

test("a banner is off and empty after its deletion", async () => {
  const scene = createScene();
  const kept = await created(scene, announcementBanner, banner);

  await removed(scene, announcementBanner, kept);

  expect(scene.emulator.admin.objects("announcementBanners")[0]).not.toMatchObject({ enabled: true });
});

test("an entry that another one has taken over, as after a renaming without an alias, is left alone", async () => {
  const scene = createScene();
  const old = await created(scene, announcementBanner, banner, { urn: "urn:pulumi:s::p::t::old" });
  scene.restart();

  await created(scene, announcementBanner, banner, { urn: "urn:pulumi:s::p::t::new" });
  const calls = await callsDuring(scene, () => removed(scene, announcementBanner, old));

  expect(calls).toEqual({});
  expect(scene.told.at(-1)).toBe(
    `info: AnnouncementBanner ${ids.organization} is kept: another resource has taken it over`,
  );
});

test("who has not joined, or has left, is an error that says what comes first", async () => {
  const scene = createScene();
  const stranger = "0199a1b2-0000-7000-8000-00000000abcd";

  await expect(created(scene, organizationMember, { ...me, userId: stranger })).rejects.toThrow(
    `could not take over OrganizationMember ${ids.organization}/${stranger}: it does not exist, or the token may not see it: the person has to join the organization first`,
  );
});

test("members are read by their ids, however many others there are", async () => {
  const scene = createScene();
  for (let i = 0; i < 150; i++) scene.emulator.admin.addMember();
  const userId = scene.emulator.admin.addMember();
  const kept = await created(scene, organizationMember, { userId, role: "ORGANIZATION_ROLE_MEMBER" });
  scene.restart();

  const calls = await callsDuring(scene, () => refreshed(scene, organizationMember, kept));

  expect(calls).toMatchObject({ "OrganizationService/ListMembers": 1 });
  expect(kept.state.outputs).toMatchObject({ userId, organizationId: ids.organization });
});

test("the last administrator's refusal is what the row says, and the resource is kept", async () => {
  const scene = createScene();

  const error = await notReady(created(scene, organizationMember, { ...me, role: "ORGANIZATION_ROLE_MEMBER" }));

  const id = `${ids.organization}/${ids.owner}`;
  expect(error.message).toBe(
    `could not update OrganizationMember ${id}: user ${ids.owner} is the last administrator of the organization. Remove what the server says is in the way, or change the program, then run it again.`,
  );
  expect(error.id).toBe(id);
});

test("a list of policies cannot be emptied, which check says", () => {
  const checked = check(organizationPolicies as Definition, {
    allowedEditorIds: [],
    agentPolicy: { commandDenyList: [] },
    vetoExecPolicy: { safelist: [] },
  });

  const reason =
    "cannot be empty, since the API takes an empty one for none at all and nothing can be replaced: state a value, or leave it out";
  expect(checked.failures).toEqual([
    { path: ["allowedEditorIds"], reason },
    { path: ["agentPolicy", "commandDenyList"], reason },
  ]);
});
