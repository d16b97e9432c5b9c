import { toJsonString } from "@bufbuild/protobuf";
import { ids } from "../../emulator";
import { ListSecretsResponseSchema } from "../../proto/gen/gitpod/v1/secret_pb";
import { open, refusal } from "./open";

const mount = { case: "environmentVariable" as const, value: true };
const ofOrganization = { scope: { case: "organizationId" as const, value: ids.organization } };
const password = { name: "PASSWORD", value: "canary", mount, scope: ofOrganization };

test("a secret comes back with its mount and scope, and never with its value", async () => {
  const { emulator, secrets } = open();
  const { secret } = await secrets.createSecret(password);
  await secrets.updateSecretValue({ secretId: secret?.id ?? "", value: "canary two" });

  const listed = await secrets.listSecrets({ filter: { scope: ofOrganization } });

  expect(listed.secrets).toMatchObject([{ id: secret?.id, name: "PASSWORD", mount, scope: ofOrganization }]);
  expect(toJsonString(ListSecretsResponseSchema, listed)).not.toContain("canary");
  expect(emulator.world.secrets.rows.get(secret?.id ?? "")?.owed).toEqual({ value: "canary two" });
  expect((await refusal(secrets.getSecretValue({ secretId: secret?.id ?? "" })))[0]).toBe("PermissionDenied");
});

test("a name is taken once per scope", async () => {
  const { secrets, addProject } = open();
  await secrets.createSecret(password);
  const scope = { scope: { case: "projectId" as const, value: await addProject() } };

  await expect(secrets.createSecret({ ...password, scope })).resolves.toBeDefined();
  expect(await refusal(secrets.createSecret(password))).toEqual([
    "AlreadyExists",
    "a secret named PASSWORD exists already in this scope",
  ]);
});

test("a scope is required and must be the caller's own", async () => {
  const { secrets } = open();
  const { scope: _, ...without } = password;
  const create = (scope: { scope: { case: "userId" | "organizationId" | "serviceAccountId"; value: string } }) =>
    refusal(secrets.createSecret({ ...password, scope }));

  expect(await refusal(secrets.createSecret(without))).toEqual([
    "InvalidArgument",
    "scope: one of its fields is required",
  ]);
  expect((await create({ scope: { case: "userId", value: ids.colleague } }))[0]).toBe("PermissionDenied");
  expect((await create({ scope: { case: "organizationId", value: ids.otherOrganization } }))[0]).toBe("NotFound");
  expect((await create({ scope: { case: "serviceAccountId", value: ids.colleague } }))[0]).toBe("NotFound");
  expect((await create({ scope: { case: "serviceAccountId", value: ids.serviceAccount } }))[0]).toBeUndefined();
});

test("a deleted secret is listed no more", async () => {
  const { secrets } = open();
  const { secret } = await secrets.createSecret(password);
  await secrets.deleteSecret({ secretId: secret?.id ?? "" });

  expect((await secrets.listSecrets({})).secrets).toEqual([]);
  expect((await refusal(secrets.deleteSecret({ secretId: secret?.id ?? "" })))[0]).toBe("NotFound");
});
