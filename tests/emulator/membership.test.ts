import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { open, refusal } from "./open";

const colleague = { id: ids.colleague, principal: Principal.USER };
const account = { id: ids.serviceAccount, principal: Principal.SERVICE_ACCOUNT };

async function withGroup(name = "Developers") {
  const opened = open();
  const { group } = await opened.groups.createGroup({ organizationId: ids.organization, name });
  return { ...opened, groupId: group?.id ?? "" };
}

test("a user and a service account are found in their group by who they are", async () => {
  const { groups, groupId } = await withGroup();
  const { member } = await groups.createMembership({ groupId, subject: colleague });
  const robot = (await groups.createMembership({ groupId, subject: account })).member;

  const found = [colleague, account].map((subject) => groups.getMembership({ groupId, subject }));
  const listed = await groups.listMemberships({ groupId });
  const searched = await groups.listMemberships({ groupId, filter: { search: "service" } });

  expect((await Promise.all(found)).map((answer) => answer.member)).toEqual([member, robot]);
  expect(listed.members.map(({ name }) => name)).toEqual(["user-0003", "Emulated Service Account"]);
  expect(searched.members.map(({ subject }) => subject?.id)).toEqual([ids.serviceAccount]);
  expect((await groups.getGroup({ group: { case: "id", value: groupId } })).group?.memberCount).toBe(2);
});

test("a member is taken once, and only users and service accounts of the organization are", async () => {
  const { groups, groupId } = await withGroup();
  await groups.createMembership({ groupId, subject: colleague });
  const add = (subject: { id: string; principal: Principal }) => refusal(groups.createMembership({ groupId, subject }));

  expect((await add(colleague))[0]).toBe("AlreadyExists");
  expect((await add({ id: ids.runner, principal: Principal.RUNNER }))[0]).toBe("InvalidArgument");
  expect((await add({ id: ids.stranger, principal: Principal.USER }))[0]).toBe("NotFound");
  expect((await add({ id: ids.colleague, principal: Principal.SERVICE_ACCOUNT }))[0]).toBe("NotFound");
});

test("a membership ends by its own id, and with its group", async () => {
  const { emulator, groups, groupId } = await withGroup();
  const { member } = await groups.createMembership({ groupId, subject: colleague });
  await groups.deleteMembership({ membershipId: member?.id ?? "" });
  const gone = await refusal(groups.getMembership({ groupId, subject: colleague }));
  await groups.createMembership({ groupId, subject: colleague });
  await groups.deleteGroup({ groupId });

  expect(gone[0]).toBe("NotFound");
  expect(emulator.admin.objects("groupMemberships")).toEqual([]);
  expect((await refusal(groups.listMemberships({ groupId })))[0]).toBe("NotFound");
});

test("the last administrator stays in the administrators' group", async () => {
  const { groups } = open();
  const groupId = ids.administrators;
  const [owner] = (await groups.listMemberships({ groupId })).members;
  const locked = await refusal(groups.deleteMembership({ membershipId: owner?.id ?? "" }));
  await groups.createMembership({ groupId, subject: colleague });

  expect(locked[0]).toBe("FailedPrecondition");
  await expect(groups.deleteMembership({ membershipId: owner?.id ?? "" })).resolves.toBeDefined();
});

test("members of a group are changed by its administrators and read by everybody of the organization", async () => {
  const { as, groups, groupId } = await withGroup();
  const { member } = await groups.createMembership({ groupId, subject: colleague });
  const theirs = as(tokens.colleague).groups;

  expect((await theirs.listMemberships({ groupId })).members).toEqual([member]);
  expect((await refusal(theirs.createMembership({ groupId, subject: account })))[0]).toBe("PermissionDenied");
  expect((await refusal(theirs.deleteMembership({ membershipId: member?.id ?? "" })))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).groups.listMemberships({ groupId })))[0]).toBe("NotFound");
});

test("who is put into the administrators' group may do what its members may", async () => {
  const { as, groups } = open();
  const theirs = as(tokens.colleague).groups;
  const create = () => theirs.createGroup({ organizationId: ids.organization, name: "Made by a colleague" });
  const before = await refusal(create());
  await groups.createMembership({ groupId: ids.administrators, subject: colleague });

  expect(before[0]).toBe("PermissionDenied");
  expect((await create()).group?.name).toBe("Made by a colleague");
});
