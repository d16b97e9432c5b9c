import { ids, tokens } from "../../emulator";
import { ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { ResourceRole as Role } from "../../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { open, refusal } from "./open";

async function withGroup() {
  const opened = open();
  const { group } = await opened.groups.createGroup({ organizationId: ids.organization, name: "Developers" });
  const groupId = group?.id ?? "";
  const projectId = await opened.addProject();
  const onProject = { groupId, resourceType: ResourceType.PROJECT, resourceId: projectId };
  return { ...opened, groupId, projectId, onProject };
}

test("a role of a group on a resource is listed by each of the filters, which all hold at once", async () => {
  const { groups, groupId, projectId, onProject } = await withGroup();
  await groups.createMembership({ groupId, subject: { id: ids.colleague, principal: Principal.USER } });
  const { assignment } = await groups.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_USER });
  const list = async (filter: object) => (await groups.listRoleAssignments({ filter })).assignments;
  const keeping = [
    { groupId },
    { userId: ids.colleague },
    { groupId, resourceId: projectId },
    { groupId, resourceIds: [projectId] },
    { groupId, resourceTypes: [ResourceType.PROJECT], resourceRoles: [Role.PROJECT_USER] },
  ];
  const leavingOut = [
    { groupId, resourceTypes: [ResourceType.RUNNER] },
    { groupId, resourceRoles: [Role.PROJECT_ADMIN] },
    { groupId, resourceId: ids.runner },
  ];

  expect(assignment).toMatchObject({ ...onProject, organizationId: ids.organization, resourceRole: Role.PROJECT_USER });
  expect(await Promise.all(keeping.map(list))).toEqual(keeping.map(() => [assignment]));
  expect(await Promise.all(leavingOut.map(list))).toEqual(leavingOut.map(() => []));
});

test("a list of groups can leave out those that have a role on a resource already", async () => {
  const { groups, groupId, onProject } = await withGroup();
  const { resourceType, resourceId } = onProject;
  const filter = { systemManaged: false, excludeAssignedToResource: { resourceType, resourceId } };
  const list = async () => (await groups.listGroups({ filter })).groups.map(({ id }) => id);
  const before = await list();
  await groups.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_USER });

  expect([before, await list()]).toEqual([[groupId], []]);
});

test("a group has a role on a resource once, and another one beside it", async () => {
  const { groups, onProject } = await withGroup();
  const give = (resourceRole: Role) => refusal(groups.createRoleAssignment({ ...onProject, resourceRole }));
  await give(Role.PROJECT_USER);

  expect((await give(Role.PROJECT_USER))[0]).toBe("AlreadyExists");
  expect((await give(Role.PROJECT_EDITOR))[0]).toBeUndefined();
});

test("a role fits the type of a resource that exists", async () => {
  const { groups, groupId, onProject } = await withGroup();
  const give = (more: object) =>
    refusal(groups.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_USER, ...more }));

  expect((await give({ resourceRole: Role.RUNNER_ADMIN }))[0]).toBe("InvalidArgument");
  expect((await give({ resourceRole: Role.UNSPECIFIED }))[0]).toBe("InvalidArgument");
  expect((await give({ resourceType: ResourceType.RUNNER, resourceRole: Role.RUNNER_USER }))[0]).toBe("NotFound");
  expect((await give({ resourceId: groupId }))[0]).toBe("NotFound");
  expect((await give({ groupId: ids.runner }))[0]).toBe("NotFound");
});

test("a role on the organization shows on what there is, by an id that stays and that cannot be deleted", async () => {
  const { groups, groupId, projectId } = await withGroup();
  const { assignment } = await groups.createRoleAssignment({
    groupId,
    resourceType: ResourceType.ORGANIZATION,
    resourceId: ids.organization,
    resourceRole: Role.ORG_PROJECTS_ADMIN,
  });
  const list = async () => (await groups.listRoleAssignments({ filter: { groupId } })).assignments;

  const [own, derived, ...more] = await list();
  const again = await list();
  const refused = await refusal(groups.deleteRoleAssignment({ assignmentId: derived?.id ?? "" }));
  await groups.deleteRoleAssignment({ assignmentId: assignment?.id ?? "" });

  expect([own, more]).toEqual([assignment, []]);
  expect(derived).toMatchObject({
    resourceId: projectId,
    resourceRole: Role.PROJECT_ADMIN,
    derivedFromOrgRole: Role.ORG_PROJECTS_ADMIN,
  });
  expect(again[1]).toEqual(derived);
  expect(refused[0]).toBe("FailedPrecondition");
  expect(await list()).toEqual([]);
});

test("a role ends with its group and with its resource", async () => {
  const { emulator, groups, groupId, onProject, projectId, projects } = await withGroup();
  await groups.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_USER });
  await projects.deleteProject({ projectId });
  emulator.settle();
  const afterProject = emulator.admin.objects("roleAssignments");
  await groups.createRoleAssignment({
    groupId,
    resourceType: ResourceType.RUNNER,
    resourceId: ids.runner,
    resourceRole: Role.RUNNER_USER,
  });
  await groups.deleteGroup({ groupId });

  expect([afterProject, emulator.admin.objects("roleAssignments")]).toEqual([[], []]);
});

test("roles on a resource are given by its administrators, and every member sees them", async () => {
  const { as, groups, groupId, onProject } = await withGroup();
  const theirs = as(tokens.colleague).groups;
  const give = () => refusal(theirs.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_USER }));
  const before = await give();
  await groups.createMembership({ groupId, subject: { id: ids.colleague, principal: Principal.USER } });
  await groups.createRoleAssignment({ ...onProject, resourceRole: Role.PROJECT_ADMIN });

  expect(before[0]).toBe("PermissionDenied");
  expect((await give())[0]).toBeUndefined();
  expect((await theirs.listRoleAssignments({ filter: { groupId } })).assignments).toHaveLength(2);
});
