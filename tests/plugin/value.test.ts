import type { Definition } from "../../provider/model/definition";
import { open, structOf } from "../../provider/plugin/envelope";
import { expectedOutputs } from "../../provider/plugin/preview";
import { idOfImport, importId, whyNotFound } from "../../provider/reading/import-id";
import {
  customDomain,
  group,
  groupMembership,
  hostAuthenticationToken,
  project,
  secret,
  serviceAccountToken,
  teamMember,
  userBudget,
} from "../../provider/resources";
import { type Json, type JsonObject, unknown } from "../../provider/value/json";

const signature = "4dabf18193072939515e22adb298388d";
const secretOf = (value: Json) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
const outputOf = (parts: JsonObject) => ({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...parts });

test("secrets, outputs, references and unknowns of every kind come out of their envelopes, and where secrets were is told", () => {
  const opened = open({
    plain: "a",
    secret: secretOf({ deep: secretOf("b") }),
    list: [{ output: outputOf({ value: "c", secret: true }) }, outputOf({ value: 1 })],
    pending: outputOf({ secret: true }),
    numbers: ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "3eeb2bf0-c639-47a8-9e75-3b44932eb421"],
    reference: { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:pulumi:a", id: "d" },
  });

  expect(opened).toEqual({
    value: {
      plain: "a",
      secret: { deep: "b" },
      list: [{ output: "c" }, 1],
      pending: unknown,
      numbers: [unknown, unknown],
      reference: "d",
    },
    secrets: expect.arrayContaining([["secret"], ["secret", "deep"], ["list", 0, "output"], ["pending"]]),
  });
  expect(opened.secrets).toHaveLength(4);
});

test("names come in one order, whatever the order in which the engine sends them", () => {
  const { value } = open({ b: { d: 1, c: 2 }, a: [{ f: 1, e: 2 }] });

  expect(JSON.stringify(value)).toBe('{"a":[{"e":2,"f":1}],"b":{"c":2,"d":1}}');
});

test("nothing that is sent to Pulumi makes it throw", () => {
  const sent = structOf({ a: undefined, b: 1n, c: Number.NaN, d: { e: () => 1, f: [undefined] } });

  expect(sent.toJavaScript()).toEqual({ b: "1", c: null, d: { f: [null] } });
});

test("before a create, outputs that repeat inputs are known and everything else is unknown", () => {
  const outputs = expectedOutputs(project as Definition, {
    name: "Shop",
    devcontainerFilePath: "",
    initializer: unknown,
  });

  expect(outputs).toMatchObject({
    metadata: { name: "Shop", organizationId: unknown, createdAt: unknown },
    initializer: unknown,
    technicalDescription: unknown,
  });
  expect(outputs).not.toHaveProperty("devcontainerFilePath");
  expect(outputs).not.toHaveProperty("id");
});

test("before an update, what no input concerns stays, and what is removed becomes unknown", () => {
  const state = {
    inputs: { organizationId: "o", name: "Old", description: "Read" },
    outputs: {
      organizationId: "o",
      name: "Old",
      description: "Read",
      systemManaged: true,
      createdAt: "t",
      updatedAt: "t",
    },
    seen: {},
  };

  expect(expectedOutputs(group as Definition, { organizationId: "o", name: "New" }, state)).toMatchObject({
    organizationId: "o",
    name: "New",
    description: unknown,
    createdAt: "t",
    updatedAt: unknown,
  });
});

test("a kind that has an address is imported by it, one that is read through a list by the scope and the id", async () => {
  const who = async () => ({ organizationId: "o", subjectId: "u" });
  const imported = (definition: unknown, given: string) => importId(definition as Definition, given, who);

  expect(await imported(secret, "projectId/p/s")).toEqual({ id: "s", scope: { scope: { projectId: "p" } } });
  expect(await imported(secret, "s")).toEqual({ id: "s", scope: undefined });
  expect(await imported(group, "g")).toEqual({ id: "g", scope: undefined });
  expect(await imported(groupMembership, "g/PRINCIPAL_USER/s")).toEqual({
    id: "g/user/s",
    scope: { groupId: "g", subject: { principal: "PRINCIPAL_USER", id: "s" } },
  });
  expect(await imported(teamMember, "t/current")).toMatchObject({ id: "t/u" });
  expect(await imported(customDomain, "current")).toMatchObject({ id: "o" });
  expect(await imported(userBudget, "credits")).toMatchObject({ id: "credits" });
  expect(await imported(serviceAccountToken, "a/t")).toEqual({ id: "a/t", scope: { serviceAccountId: "a" } });
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: "a" };
  expect(await imported(hostAuthenticationToken, "a/t")).toEqual({ id: "t", scope: { subject } });
  expect(await imported(hostAuthenticationToken, "t")).toEqual({ id: "t", scope: undefined });
  expect(idOfImport(hostAuthenticationToken as Definition, { id: "t", subject })).toBe("a/t");
  expect(whyNotFound(hostAuthenticationToken as Definition, { id: "t", scope: undefined })).toBe(
    "HostAuthenticationToken t is not found by its id alone: one of a service account is imported as account/id.",
  );
  await expect(imported(secret, "project/p/s")).rejects.toThrow(
    "Secret is imported as scope/id, such as projectId/OWNER/ID; the scope is one of projectId, userId",
  );
  for (const given of ["g", "g/team/s", "g/user/s/more", "g/user/"])
    await expect(imported(groupMembership, given)).rejects.toThrow(
      "GroupMembership is imported as groupId/principal/id; principal is one of account, user, ",
    );
});
