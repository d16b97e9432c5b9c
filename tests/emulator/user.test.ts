import { ids, tokens } from "../../emulator";
import { UserStatus } from "../../proto/gen/gitpod/v1/user_pb";
import { open, refusal } from "./open";

test("a user is a member of the organization, whom everybody in it knows", async () => {
  const { as, emulator, organizations, users } = open();
  const userId = emulator.admin.addMember({ name: "Ada Lovelace" });
  const { user } = await as(tokens.serviceAccount).users.getUser({ userId });
  const filter = { userIds: [userId] };
  const [member] = (await organizations.listMembers({ organizationId: ids.organization, filter })).members;

  expect(user).toMatchObject({
    id: userId,
    organizationId: ids.organization,
    name: "Ada Lovelace",
    email: "ada.lovelace@emulator.localhost",
    avatarUrl: member?.avatarUrl,
    createdAt: member?.memberSince,
    status: UserStatus.ACTIVE,
  });
  expect((await refusal(users.getUser({ userId: ids.stranger })))[0]).toBe("NotFound");
  expect((await refusal(users.getUser({ userId: ids.serviceAccount })))[0]).toBe("NotFound");
});

test("the user of a token is the member whom others see", async () => {
  const { emulator, users } = open();
  emulator.admin.patch("members", ids.owner, { fullName: "Grace Hopper" });
  const { user } = await users.getUser({ userId: ids.owner });

  expect(user?.name).toBe("Grace Hopper");
  expect((await users.getAuthenticatedUser({})).user).toEqual(user);
});
