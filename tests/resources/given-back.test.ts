import { createClient } from "@connectrpc/connect";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { oidcConfig, organization, organizationMember, organizationPolicies } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { callsDuring, created, createScene, ids, notReady, refreshed, removed, type Scene, updated } from "./scene";

const { organization: organizationId } = ids;
const write = "OrganizationService/UpdateOrganizationPolicies";
const adminsOf = ({ emulator }: Scene) => createClient(OrganizationService, emulator.transport());
const policiesIn = ({ emulator }: Scene): unknown => emulator.admin.objects("organizationPolicies")[0];
const limit = (count: string): JsonObject => ({ maximumEnvironmentsPerUser: count });

test("a destroy gives back what was there before the first write, and keeps what others have changed beside it", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  const kept = await created(scene, organizationPolicies, { ...limit("10"), portSharingDisabled: true });
  await updated(scene, organizationPolicies, kept, { ...limit("11"), portSharingDisabled: true });
  await adminsOf(scene).updateOrganizationPolicies({ organizationId, defaultEditorId: "vim" });
  scene.restart();

  const calls = await callsDuring(scene, () => removed(scene, organizationPolicies, kept));

  expect(policiesIn(scene)).toEqual({ ...(before as object), defaultEditorId: "vim" });
  expect(calls).toMatchObject({ [write]: 1 });
});

test("an input that leaves the program is given back at once, and its entry goes", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  const kept = await created(scene, organizationPolicies, { ...limit("10"), portSharingDisabled: true });

  await updated(scene, organizationPolicies, kept, limit("10"));

  expect(policiesIn(scene)).toEqual({ ...(before as object), maximumEnvironmentsPerUser: "10" });
  expect(kept.state.seen).toMatchObject({
    before: { maximumEnvironmentsPerUser: "100" },
    ours: { maximumEnvironmentsPerUser: ["10"] },
  });
  expect(Object.keys(kept.state.seen.before ?? {})).toHaveLength(1);
});

describe("a policy that ends as another one begins", () => {
  const [create, require] = [{ membersCreateProjects: true }, { membersRequireProjects: true }];
  const begin = async (inputs: JsonObject) => {
    const scene = createScene();
    await adminsOf(scene).updateOrganizationPolicies({ organizationId, ...create });
    const before = policiesIn(scene);
    const kept = await created(scene, organizationPolicies, inputs);
    return { scene, before, kept };
  };

  test("is given back with that one at a destroy", async () => {
    const { scene, before, kept } = await begin(require);
    expect(policiesIn(scene)).toMatchObject(require);
    expect(policiesIn(scene)).not.toMatchObject(create);
    scene.restart();

    await removed(scene, organizationPolicies, kept);

    expect(policiesIn(scene)).toEqual(before);
  });

  test("is given back as that one leaves the program, and not before", async () => {
    const { scene, before, kept } = await begin({ ...limit("10"), ...require });

    await updated(scene, organizationPolicies, kept, { ...limit("11"), ...require });
    const meanwhile = policiesIn(scene);
    await updated(scene, organizationPolicies, kept, limit("11"));

    expect(meanwhile).toEqual({ ...(before as object), ...limit("11"), ...require, membersCreateProjects: undefined });
    expect(policiesIn(scene)).toEqual({ ...(before as object), ...limit("11") });
    expect(Object.keys(kept.state.seen.before ?? {})).toEqual(["maximumEnvironmentsPerUser"]);
  });

  test("waits for that one where the program states both and leaves it out first", async () => {
    const { scene, before, kept } = await begin({ ...require, membersCreateProjects: false });

    await updated(scene, organizationPolicies, kept, require);
    const meanwhile = policiesIn(scene);
    await removed(scene, organizationPolicies, kept);

    expect(meanwhile).toMatchObject(require);
    expect(policiesIn(scene)).toEqual(before);
  });
});

test("what was equal from the start is never written, and stays at the destroy", async () => {
  const scene = createScene();
  await adminsOf(scene).updateOrganizationPolicies({ organizationId, maximumEnvironmentsPerUser: 10n });

  const kept = await created(scene, organizationPolicies, limit("10"));
  const calls = await callsDuring(scene, () => removed(scene, organizationPolicies, kept));

  expect(kept.state.seen).not.toHaveProperty("before");
  expect(calls).toEqual({});
  expect(policiesIn(scene)).toMatchObject(limit("10"));
});

test("what was equal from the start and is changed by the program goes back to that", async () => {
  const scene = createScene();
  await adminsOf(scene).updateOrganizationPolicies({ organizationId, maximumEnvironmentsPerUser: 10n });
  const kept = await created(scene, organizationPolicies, limit("10"));

  await updated(scene, organizationPolicies, kept, limit("11"));
  await updated(scene, organizationPolicies, kept, limit("12"));
  await removed(scene, organizationPolicies, kept);

  expect(policiesIn(scene)).toMatchObject(limit("10"));
});

test("after a run that was killed between its write and the state, nothing is written and our own value is not kept", async () => {
  const scene = createScene();
  await created(scene, organizationPolicies, limit("10"));
  scene.restart();

  const again = await created(scene, organizationPolicies, limit("10"));
  await adminsOf(scene).updateOrganizationPolicies({ organizationId, maximumEnvironmentsPerUser: 11n });
  const calls = await callsDuring(scene, () => updated(scene, organizationPolicies, again, limit("11")));

  expect(again.state.seen).not.toHaveProperty("before");
  expect(calls).not.toHaveProperty(write);
});

test("a write whose answer is lost is not repeated, and is given back all the same", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  scene.emulator.admin.fault({ method: write, lost: "after" });
  const { id, state } = await notReady(created(scene, organizationPolicies, limit("10")));
  const kept = { id, state };
  scene.restart();

  const calls = await callsDuring(scene, () => updated(scene, organizationPolicies, kept, limit("10")));
  await removed(scene, organizationPolicies, kept);

  expect(calls).not.toHaveProperty(write);
  expect(policiesIn(scene)).toEqual(before);
});

test.each([false, true])(
  "what somebody else has changed since we wrote it stays at the destroy and is told, refreshed or not (%s)",
  async (isRefreshed) => {
    const scene = createScene();
    const kept = await created(scene, organizationPolicies, { ...limit("10"), portSharingDisabled: true });
    await adminsOf(scene).updateOrganizationPolicies({ organizationId, maximumEnvironmentsPerUser: 2n });
    if (isRefreshed) await refreshed(scene, organizationPolicies, kept);

    await removed(scene, organizationPolicies, kept);

    expect(policiesIn(scene)).toMatchObject({ maximumEnvironmentsPerUser: "2" });
    expect(policiesIn(scene)).not.toMatchObject({ portSharingDisabled: true });
    expect(scene.told).toContain(
      `warning: OrganizationPolicies ${organizationId}: somebody else has changed maximumEnvironmentsPerUser since this stack wrote it, so it stays as it is, and what was there before is not given back`,
    );
  },
);

test("drift that is repaired goes back to what was there first", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  const kept = await created(scene, organizationPolicies, limit("10"));
  await adminsOf(scene).updateOrganizationPolicies({ organizationId, maximumEnvironmentsPerUser: 2n });
  await refreshed(scene, organizationPolicies, kept);
  await updated(scene, organizationPolicies, kept, limit("10"));

  await removed(scene, organizationPolicies, kept);

  expect(policiesIn(scene)).toEqual(before);
});

test("what the API cannot express is told when it is written, and stays", async () => {
  const scene = createScene();
  const list = { allowedEditorIds: ["vim"], archiveEnvironmentsAfter: "86400s" };

  const kept = await created(scene, organizationPolicies, list);
  const told = [...scene.told];
  await removed(scene, organizationPolicies, kept);

  const words =
    "was not set before, which the API cannot express: what the program states stays when it is removed or destroyed";
  expect(told).toEqual([
    `warning: OrganizationPolicies ${organizationId}: allowedEditorIds ${words}`,
    `warning: OrganizationPolicies ${organizationId}: archiveEnvironmentsAfter ${words}`,
  ]);
  expect(scene.told).toEqual(told);
  expect(policiesIn(scene)).toMatchObject(list);
});

test("a part of a message goes back by itself, and what others have in it stays", async () => {
  const scene = createScene();
  await adminsOf(scene).updateOrganizationPolicies({
    organizationId,
    vetoExecPolicy: { enabled: false, executables: ["curl"] },
  });
  const kept = await created(scene, organizationPolicies, { vetoExecPolicy: { enabled: true } });
  await adminsOf(scene).updateOrganizationPolicies({
    organizationId,
    vetoExecPolicy: { enabled: true, executables: ["curl", "wget"] },
  });

  await removed(scene, organizationPolicies, kept);

  expect(policiesIn(scene)).toMatchObject({ vetoExecPolicy: { executables: ["curl", "wget"] } });
  expect(policiesIn(scene)).not.toMatchObject({ vetoExecPolicy: { enabled: true } });
});

test("a part of a message that leaves the program goes back at once", async () => {
  const scene = createScene();
  await adminsOf(scene).updateOrganizationPolicies({
    organizationId,
    vetoExecPolicy: { enabled: false, executables: ["curl"], safelist: ["/bin"] },
  });
  const kept = await created(scene, organizationPolicies, { vetoExecPolicy: { enabled: true, executables: ["wget"] } });

  await updated(scene, organizationPolicies, kept, { vetoExecPolicy: { enabled: true } });

  expect(policiesIn(scene)).toMatchObject({
    vetoExecPolicy: { enabled: true, executables: ["curl"], safelist: ["/bin"] },
  });
});

test("an organization on v2 of OIDC returns there", async () => {
  const scene = createScene();
  await adminsOf(scene).updateOIDCConfig({ organizationId, oidcConfig: { version: { case: "v2", value: {} } } });
  const kept = await created(scene, oidcConfig, { oidcConfig: { v3: { extraSubFields: ["project_id"] } } });
  await updated(scene, oidcConfig, kept, { oidcConfig: { v3: { extraSubFields: ["creator_id"] } } });

  await removed(scene, oidcConfig, kept);

  expect(scene.emulator.admin.objects("oidcConfigs")[0]).toEqual({ v2: {} });
});

test("a member's role and the organization's name and domains are given back", async () => {
  const scene = createScene();
  const all = () => [scene.emulator.admin.objects("members"), scene.emulator.admin.objects("organizations")];
  const before = structuredClone(all());
  const member = await created(scene, organizationMember, { userId: ids.colleague, role: "ORGANIZATION_ROLE_ADMIN" });
  const acme = await created(scene, organization, { name: "Acme", inviteDomains: { domains: ["acme.example"] } });

  await removed(scene, organizationMember, member);
  await removed(scene, organization, acme);

  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll(/"updatedAt":"[^"]*"/g, '"updatedAt":""'));
  expect(plain(all())).toEqual(plain(before));
});

test("two stacks that manage different inputs give back their own", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  const one = await created(scene, organizationPolicies, limit("10"));
  scene.restart();
  const other = await created(scene, organizationPolicies, { portSharingDisabled: true });
  scene.restart();

  await removed(scene, organizationPolicies, one);
  expect(policiesIn(scene)).toEqual({ ...(before as object), portSharingDisabled: true });
  scene.restart();
  await removed(scene, organizationPolicies, other);

  expect(policiesIn(scene)).toEqual(before);
});

test("two resources of a program that manage different inputs give back their own, and a renamed one gives back nothing", async () => {
  const scene = createScene();
  const before = policiesIn(scene);
  const one = await created(scene, organizationPolicies, limit("10"), { urn: "urn:pulumi:s::p::t::one" });
  await created(scene, organizationPolicies, { portSharingDisabled: true }, { urn: "urn:pulumi:s::p::t::other" });

  await removed(scene, organizationPolicies, one);
  expect(policiesIn(scene)).toEqual({ ...(before as object), portSharingDisabled: true });

  const old = await created(scene, organizationPolicies, limit("10"), { urn: "urn:pulumi:s::p::t::old" });
  await created(scene, organizationPolicies, limit("10"), { urn: "urn:pulumi:s::p::t::new" });
  const calls = await callsDuring(scene, () => removed(scene, organizationPolicies, old));

  expect(calls).toEqual({});
  expect(scene.told.at(-1)).toMatch(
    /^warning: OrganizationPolicies \S+ is kept: another resource has taken it over, and takes ours for what maximumEnvironmentsPerUser had before/,
  );
});
