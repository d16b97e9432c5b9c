import { readInventory } from "../../adopt/read";
import { ids, tokens } from "../../emulator";
import { resolveAccount } from "../../provider/client/account";
import { connect } from "../../provider/client/client";
import * as resources from "../../provider/resources";
import { afterTest } from "../after-test";
import { created, createScene } from "../resources/scene";
import { openEmulator } from "../scene";
import { clientsOf, makeGroups, namesOf, readCounted } from "./read-scene";

const internal = { code: "internal", message: "out of luck" } as const;

test("what the token may not read is told with the words of the API, once for each kind, and the rest is read", async () => {
  const scene = createScene();
  await makeGroups(scene.emulator, 2);

  const { inventory, calls } = await readCounted(scene.emulator, {}, tokens.colleague);

  expect(inventory.unread).toEqual(
    ["DomainVerification", "ScimConfiguration", "SsoConfiguration", "UserBudget"].map((kind) => ({
      kind,
      reason: expect.stringMatching(
        new RegExp(
          `^could not list ${kind}: .* needs a role that the caller does not have\\. .*ask an organization admin`,
        ),
      ),
    })),
  );
  expect(namesOf(inventory, "Group")).toEqual(["Group 0000", "Group 0001"]);
  expect(Object.keys(calls).filter((call) => !/\/(Get|List)\w+$/.test(call))).toEqual([]);
});

test("of a list that breaks off, what came before is there; it is told what may be missing, and of which kinds beside it", async () => {
  const { emulator } = createScene();
  await makeGroups(emulator, 205);
  emulator.admin.fault({ method: "GroupService/ListGroups", after: 1, times: 9, refuse: internal });

  const { inventory } = await readCounted(emulator, { kinds: ["Group", "GroupMembership", "RoleAssignment"] });

  expect(namesOf(inventory, "Group")).toHaveLength(99);
  expect(inventory.unread).toEqual([
    { kind: "Group", reason: expect.stringMatching(/^could not list Group: out of luck\. The server failed/) },
    { kind: "GroupMembership", reason: "Those of what could not be read of the kind Group may be missing." },
  ]);
});

test("a list that fails for one of many objects is told with that object, and those of the others are read", async () => {
  const scene = createScene();
  const [first = "", second = ""] = await makeGroups(scene.emulator, 2);
  const subject = { principal: "PRINCIPAL_USER", id: ids.owner };
  for (const groupId of [first, second]) await created(scene, resources.groupMembership, { groupId, subject });
  scene.emulator.admin.fault({ method: "GroupService/ListMemberships", refuse: internal });

  const { inventory } = await readCounted(scene.emulator, { kinds: ["GroupMembership"] });

  const scope = `Group Group 0000 (${first})`;
  expect(inventory.unread).toEqual([
    {
      kind: "GroupMembership",
      scope,
      reason: expect.stringContaining(`could not list GroupMembership of ${scope}: out of`),
    },
  ]);
  expect(inventory.objects.map(({ id }) => id)).toEqual([`${second}/user/${ids.owner}`]);
});

test("an object that is deleted while the account is read is not there, nor is what was in it", async () => {
  const scene = createScene();
  const { admin } = scene.emulator;
  const [first = "", second = ""] = await makeGroups(scene.emulator, 2);
  const subject = { principal: "PRINCIPAL_USER", id: ids.owner };
  for (const groupId of [first, second]) await created(scene, resources.groupMembership, { groupId, subject });
  admin.onCall((method, moment) => {
    if (method === "GroupService/ListMemberships" && moment === "before") admin.remove("groups", first);
  });

  const { inventory } = await readCounted(scene.emulator, { kinds: ["Group", "GroupMembership"] });

  expect(inventory.unread).toEqual([]);
  expect(inventory.objects.map(({ id }) => id)).toEqual([second, `${second}/user/${ids.owner}`]);
});

test("a list that finds nothing of what is there is told, since the token may not see it", async () => {
  const { emulator } = createScene();
  await makeGroups(emulator, 1);
  emulator.admin.fault({
    method: "GroupService/ListMemberships",
    refuse: { code: "not_found", message: "no such thing" },
  });

  const { inventory } = await readCounted(emulator, { kinds: ["GroupMembership"] });

  expect(inventory.unread).toEqual([{ kind: "GroupMembership", reason: expect.stringContaining("no such thing") }]);
});

test("a token that nobody knows ends it, and one of Gitpod Classic leaves out what is there", async () => {
  const { emulator } = createScene();
  emulator.admin.fault({
    method: "experimental.UserService/GetAuthenticatedUser",
    times: 9,
    refuse: { code: "unauthenticated", message: "who are you" },
  });

  await expect(readInventory(clientsOf(emulator, "nobody"))).rejects.toThrow(/^could not sign in: .*The token/);
  const { unread, objects } = await readInventory(clientsOf(emulator), {
    kinds: ["Organization", "experimental.Team"],
  });

  expect(objects.map(({ name }) => name)).toEqual(["Emulated Organization"]);
  expect(unread).toEqual([
    { kind: "experimental.Team", reason: expect.stringContaining("could not list experimental.Team: who are you") },
  ]);
});

test("a limit is waited for", async () => {
  const { emulator, host, close } = await openEmulator();
  afterTest(close);
  await makeGroups(emulator, 2);
  const refuse = { code: "resource_exhausted", message: "slowly", retryDelay: 0.01 } as const;
  emulator.admin.fault({ method: "GroupService/ListGroups", times: 2, refuse });
  const index = connect(resolveAccount({ token: tokens.owner, host }, {}), { env: {} });

  const { unread, objects } = await readInventory({ index }, { kinds: ["Group"] });

  expect([unread, objects.map(({ name }) => name)]).toEqual([[], ["Group 0000", "Group 0001"]]);
  expect(emulator.calls()["GroupService/ListGroups"]).toBe(3);
});

test("reading ends when it is told to", async () => {
  const { emulator } = createScene();
  const end = new AbortController();
  emulator.admin.onCall((method) => {
    if (method === "GroupService/ListGroups") end.abort(new Error("enough"));
  });

  const reading = readInventory(clientsOf(emulator), { signal: end.signal });

  await expect(reading).rejects.toThrow("enough");
});
