import { createClient } from "../../provider/client/client";
import { create } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import type { Definition } from "../../provider/model/definition";
import type { Operation } from "../../provider/model/operation";
import { group, groupMembership, roleAssignment, team } from "../../provider/resources";
import { created, createScene, ids, type Kept, type Scene } from "./scene";

const administers = {
  resourceType: "RESOURCE_TYPE_ORGANIZATION",
  resourceId: ids.organization,
  resourceRole: "RESOURCE_ROLE_ORG_ADMIN",
};
const person = (id: string) => ({ principal: "PRINCIPAL_USER", id });
const urnOf = (kind: string, name: string): string => `urn:pulumi:dev::shop::gitpod:index:${kind}::${name}`;

/** The colleague may do everything by roles of a group, and deletes what others have made. */
async function withRoles(...roles: string[]) {
  const scene = createScene();
  const { id: groupId } = await created(scene, group, { name: "Deployers" });
  await created(scene, groupMembership, { groupId, subject: person(ids.colleague) });
  const assign = (resourceRole: string): Promise<Kept> =>
    created(scene, roleAssignment, { ...administers, groupId, resourceRole });
  const [role, ...others] = await Promise.all(["RESOURCE_ROLE_ORG_ADMIN", ...roles].map(assign));
  const shop = await created(scene, team, { name: "Shop" });
  scene.restart();
  const run = as(scene, scene.emulator.tokens.colleague);
  const removed = (definition: Definition, { id, state }: Kept, name: string): Promise<void> =>
    remove(definition, { ...run, urn: urnOf(definition.kind, name) }, id, state);
  return { scene, run, removed, role: role!, others, shop };
}

const as = (scene: Scene, token: string): Operation =>
  scene.operation({ client: createClient(scene.emulator.transport(token), { host: "https://emulator.test/api" }) });

const sentence = /This run has deleted/;

test("a call that is refused after this run has deleted a role names the role, and says how to go on", async () => {
  const { run, removed, role, shop } = await withRoles();

  await removed(roleAssignment, role, "deploy");
  const refused = [
    removed(team, shop, "shop"),
    create(team, { ...run, urn: urnOf("Team", "cart") }, { name: "Cart" }),
  ].map((work) => work.catch(String));

  const why =
    /may not do this: .+ This run has deleted RoleAssignment deploy, and the right may have come from there: give it back, or use another token, and run it again\. Pulumi deletes last what the resources that need the right name in dependsOn, unless it sets deleteBeforeReplace\.$/;
  expect(await Promise.all(refused)).toEqual([expect.stringMatching(why), expect.stringMatching(why)]);
});

test("what an earlier run has deleted is no reason of this one", async () => {
  const { scene, removed, role, shop } = await withRoles();
  await removed(roleAssignment, role, "deploy");
  scene.restart();

  const refused = remove(team, as(scene, scene.emulator.tokens.colleague), shop.id, shop.state);

  await expect(refused).rejects.toThrow(/may not do this/);
  await expect(refused).rejects.not.toThrow(sentence);
});

test("a deletion that was refused, or that found nothing, has taken no right away", async () => {
  const { scene, removed, role, shop } = await withRoles();
  const method = "GroupService/DeleteRoleAssignment";
  scene.emulator.admin.fault({ method, refuse: { code: "permission_denied", message: "not yours" } });
  const first = await removed(roleAssignment, role, "deploy").catch(String);
  scene.emulator.admin.fault({ method, refuse: { code: "not_found", message: "not here" } });
  const second = await removed(roleAssignment, role, "deploy").catch(String);
  for (const { remote } of scene.emulator.world.roleAssignments.rows.values())
    if (remote.groupId === role.state.inputs.groupId) scene.emulator.admin.remove("roleAssignments", remote.id);

  const refused = await removed(team, shop, "shop").catch(String);

  expect([first, second]).toEqual([expect.stringMatching(/not yours/), expect.stringMatching(/is not gone after/)]);
  expect([first, refused].filter((text) => sentence.test(String(text)))).toEqual([]);
  expect(refused).toMatch(/may not do this/);
});

test("of many deletions three are named", async () => {
  const roles = ["PROJECTS_ADMIN", "RUNNERS_ADMIN", "GROUPS_ADMIN", "BILLING_VIEWER"];
  const { removed, role, others, shop } = await withRoles(...roles.map((name) => `RESOURCE_ROLE_ORG_${name}`));

  for (const [i, each] of [...others, role].entries()) await removed(roleAssignment, each, `role-${i}`);

  await expect(removed(team, shop, "shop")).rejects.toThrow(
    "This run has deleted RoleAssignment role-0, RoleAssignment role-1, RoleAssignment role-2 and 2 more, and",
  );
});

test("the last administrator stays, and the error names the group", async () => {
  const scene = createScene();
  const id = `${ids.administrators}/user/${ids.owner}`;
  const state = await read(groupMembership, scene.operation(), id, undefined);

  const refused = remove(groupMembership, scene.operation(), id, state!);

  await expect(refused).rejects.toThrow(
    `could not delete GroupMembership ${id}: group ${ids.administrators} keeps its last member`,
  );
});
