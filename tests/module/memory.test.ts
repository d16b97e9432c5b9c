import { lostRight, revoking } from "../../provider/model/revoked";
import { createMemory, hold, letGo } from "../../provider/model/run-memory";

const member = { kind: "TeamMember", address: ["teamId", "userId"], grantsRights: true } as const;
const classicMember = { ...member, module: "experimental" } as const;
const id = "0199a1b2-0000-7000-8000-000000000001/0199a1b2-0000-7000-8000-000000000002";

test("an entry that holds an object of one module holds none of another, whatever their kinds and ids are", () => {
  const memory = createMemory();
  hold({ memory, urn: "one" }, member, [id], { seen: { takenOver: "one" }, inputs: {} });

  expect(letGo({ memory }, classicMember, id, { seen: {} })).toEqual([]);
  expect(letGo({ memory }, member, id, { seen: {} })).toEqual([{ urn: "one", isNew: false, inputs: {} }]);
});

test("what a run has deleted is named with its module", async () => {
  const memory = createMemory();
  for (const definition of [member, classicMember])
    await revoking({ memory }, definition, "42", Promise.resolve("deleted"));

  expect(lostRight(memory)).toContain("This run has deleted TeamMember 42, experimental:TeamMember 42,");
});
