import { createClient } from "@connectrpc/connect";
import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { UserStatus } from "../../proto/gen/gitpod/v1/user_pb";
import { open, refusal, repository, small } from "./open";

test.each([
  ["owner", ids.owner, Principal.USER, ids.organization],
  ["readOnly", ids.owner, Principal.USER, ids.organization],
  ["colleague", ids.colleague, Principal.USER, ids.organization],
  ["serviceAccount", ids.serviceAccount, Principal.SERVICE_ACCOUNT, ids.organization],
  ["stranger", ids.stranger, Principal.USER, ids.otherOrganization],
] as const)("the token %s tells who it belongs to", async (name, id, principal, organizationId) => {
  const { as } = open();

  const identity = await as(tokens[name]).identity.getAuthenticatedIdentity({});

  expect(identity).toMatchObject({ subject: { id, principal }, organizationId });
});

test("a missing, wrong or revoked token is unauthenticated", async () => {
  const { as, emulator } = open();
  emulator.admin.setToken(tokens.colleague, { revoked: true });
  const call = (token: string) => refusal(as(token).identity.getAuthenticatedIdentity({}));

  expect(await call("")).toEqual(["Unauthenticated", "missing bearer token"]);
  expect(await call("nonsense")).toEqual(["Unauthenticated", "invalid bearer token"]);
  expect(await call(tokens.colleague)).toEqual(["Unauthenticated", "invalid bearer token"]);
});

test("a read-only token reads and changes nothing", async () => {
  const { as, emulator } = open();
  const { environments, projects } = as(tokens.readOnly);

  await expect(environments.listEnvironments({})).resolves.toBeDefined();
  expect(await refusal(environments.createEnvironment({ spec: small }))).toEqual([
    "PermissionDenied",
    "the token is read-only",
  ]);
  expect((await refusal(projects.createProject({ name: "Shop", initializer: repository })))[0]).toBe(
    "PermissionDenied",
  );
  expect(emulator.world.projects.rows.size).toBe(0);
});

test("a token can lose its right to write", async () => {
  const { emulator, environments } = open();
  emulator.admin.setToken(tokens.owner, { readOnly: true });

  expect((await refusal(environments.createEnvironment({ spec: small })))[0]).toBe("PermissionDenied");
});

test("an environment is listed to the organization, but opens to its creator only, and so does what is in it", async () => {
  const { as, settled, addService, addProject } = open();
  const environmentId = await settled();
  const id = await addService(environmentId, "true");
  const projectId = await addProject();
  const colleague = as(tokens.colleague);
  const stranger = as(tokens.stranger);

  expect((await refusal(colleague.environments.getEnvironment({ environmentId })))[0]).toBe("NotFound");
  expect((await refusal(colleague.automations.getService({ id })))[0]).toBe("NotFound");
  const listed = async (one: typeof colleague, creatorIds: string[] = []) =>
    (await one.environments.listEnvironments({ filter: { creatorIds } })).environments.map((found) => found.id);
  expect(await listed(colleague)).toEqual([environmentId]);
  expect(await listed(colleague, [ids.colleague])).toEqual([]);
  expect(await listed(stranger)).toEqual([]);
  await expect(colleague.projects.getProject({ projectId })).resolves.toBeDefined();
  expect((await refusal(stranger.projects.getProject({ projectId })))[0]).toBe("NotFound");
});

test("a token of a user tells the user, and one of a service account tells that it is none", async () => {
  const { as, users } = open();

  const { user } = await users.getAuthenticatedUser({});

  expect(user).toMatchObject({ id: ids.owner, organizationId: ids.organization, status: UserStatus.ACTIVE });
  expect([user?.name, user?.email]).toEqual([expect.stringMatching(/.+/), expect.stringContaining("@")]);
  expect(await refusal(as(tokens.serviceAccount).users.getAuthenticatedUser({}))).toEqual([
    "PermissionDenied",
    "the token is not of a user",
  ]);
});

test("a call that is not emulated says so", async () => {
  const { emulator } = open();
  const organizations = createClient(OrganizationService, emulator.transport());

  const refused = await refusal(organizations.listTermsOfServiceVersions({ organizationId: ids.organization }));

  expect(refused[0]).toBe("Unimplemented");
});
