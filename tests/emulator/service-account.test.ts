import { durationFromMs, timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { open, refusal } from "./open";

const start = Date.parse("2026-01-01T00:00:00Z");
const hour = 3_600_000;

/** An emulator whose time the test moves, with one account that is valid for a day. */
async function withAccount() {
  const clock = { now: start };
  const opened = open({ now: () => clock.now });
  const robot = { name: "robot", description: "builds", validUntil: timestampFromMs(start + 24 * hour) };
  const { serviceAccount } = await opened.accounts.createServiceAccount(robot);
  const serviceAccountId = serviceAccount?.id ?? "";
  const mint = async () => {
    const { token } = await opened.accounts.createServiceAccountAccessToken({ serviceAccountId });
    return opened.as(token);
  };
  return { ...opened, clock, robot, serviceAccount, serviceAccountId, mint };
}

test("a service account says who has made it, and its time is an instant", async () => {
  const { accounts, serviceAccount, serviceAccountId, robot } = await withAccount();
  const updated = await accounts.updateServiceAccount({ serviceAccountId, description: "" });

  expect(serviceAccount).toMatchObject({ ...robot, creator: { id: ids.owner, principal: Principal.USER } });
  expect(updated.serviceAccount).toMatchObject({ name: "robot", description: "", validUntil: robot.validUntil });
});

test("a time that has passed is refused", async () => {
  const { accounts } = await withAccount();

  const refused = await refusal(accounts.createServiceAccount({ name: "late", validUntil: timestampFromMs(start) }));

  expect(refused).toEqual(["InvalidArgument", "valid_until: the time has passed"]);
});

test("a deleted account is suspended: readable, not changeable, and listed only when asked for", async () => {
  const { accounts, serviceAccountId } = await withAccount();
  await accounts.deleteServiceAccount({ serviceAccountId });
  const list = async (includeSuspended: boolean) => {
    const filter = { includeSuspended, serviceAccountIds: [serviceAccountId] };
    return (await accounts.listServiceAccounts({ filter })).serviceAccounts.map(({ id }) => id);
  };

  expect((await accounts.getServiceAccount({ serviceAccountId })).serviceAccount?.suspended).toBe(true);
  expect([await list(false), await list(true)]).toEqual([[], [serviceAccountId]]);
  expect((await refusal(accounts.updateServiceAccount({ serviceAccountId, name: "back" })))[0]).toBe(
    "FailedPrecondition",
  );
  expect((await refusal(accounts.createServiceAccountAccessToken({ serviceAccountId })))[0]).toBe("FailedPrecondition");
});

test("an account of the platform refuses changes and deletion", async () => {
  const { accounts, emulator, serviceAccountId } = await withAccount();
  emulator.admin.patch("serviceAccounts", serviceAccountId, { systemManaged: true });

  expect((await refusal(accounts.updateServiceAccount({ serviceAccountId, name: "x" })))[0]).toBe("FailedPrecondition");
  expect((await refusal(accounts.deleteServiceAccount({ serviceAccountId })))[0]).toBe("FailedPrecondition");
});

test("an access token calls as the account for half an hour, and for no longer than the account is valid", async () => {
  const { clock, mint, serviceAccountId } = await withAccount();
  const { identity } = await mint();
  const who = await identity.getAuthenticatedIdentity({});
  clock.now = start + 23.9 * hour;
  const late = await mint();
  const ofOld = await refusal(identity.getAuthenticatedIdentity({}));
  clock.now = start + 24 * hour;

  expect(who.subject).toMatchObject({ id: serviceAccountId, principal: Principal.SERVICE_ACCOUNT });
  expect(ofOld[0]).toBe("Unauthenticated");
  expect((await refusal(late.identity.getAuthenticatedIdentity({})))[0]).toBe("Unauthenticated");
  expect((await refusal(mint()))[0]).toBe("FailedPrecondition");
});

test("each access token is one call that is counted, and none is for an account that the caller does not administer", async () => {
  const { accounts, as, emulator, mint, serviceAccountId } = await withAccount();
  emulator.admin.resetCalls();
  await mint();
  await mint();
  const counted = emulator.calls()["ServiceAccountService/CreateServiceAccountAccessToken"];
  const foreign = as(tokens.stranger).accounts.createServiceAccountAccessToken({ serviceAccountId });
  const unknown = accounts.createServiceAccountAccessToken({ serviceAccountId: ids.stranger });

  expect(counted).toBe(2);
  expect((await refusal(foreign))[0]).toBe("NotFound");
  expect((await refusal(unknown))[0]).toBe("NotFound");
  expect((await refusal(as(tokens.colleague).accounts.createServiceAccountAccessToken({ serviceAccountId })))[0]).toBe(
    "PermissionDenied",
  );
});

test("an account knows its own lasting tokens only, each page of them", async () => {
  const { as, mint } = await withAccount();
  const { accounts } = await mint();
  const made = await Promise.all(
    ["one", "two", "three"].map((description) => accounts.createServiceAccountToken({ description })),
  );
  const other = as(tokens.serviceAccount).accounts;
  const serviceAccountTokenId = made[0]?.serviceAccountToken?.id ?? "";
  const first = await accounts.listServiceAccountTokens({ pagination: { pageSize: 2 } });
  const token = first.pagination?.nextToken ?? "";
  const second = await accounts.listServiceAccountTokens({ pagination: { pageSize: 2, token } });

  expect([...first.tokens, ...second.tokens].map(({ description }) => description)).toEqual(["one", "two", "three"]);
  expect(second.pagination?.nextToken).toBe("");
  expect((await other.listServiceAccountTokens({})).tokens).toEqual([]);
  expect((await refusal(other.getServiceAccountToken({ serviceAccountTokenId })))[0]).toBe("NotFound");
  expect((await refusal(other.deleteServiceAccountToken({ serviceAccountTokenId })))[0]).toBe("NotFound");
});

test("a lasting token is told once, ends with its account at the latest, and says when it was last used", async () => {
  const { accounts } = await (await withAccount()).mint();
  const made = await accounts.createServiceAccountToken({ description: "ci", validFor: durationFromMs(999 * hour) });
  const { tokens: listed } = await accounts.listServiceAccountTokens({});

  expect(made.token).not.toBe("");
  expect(made.serviceAccountToken).toMatchObject({ description: "ci" });
  expect(timestampMs(made.serviceAccountToken?.expiresAt ?? timestampFromMs(0))).toBe(start + 24 * hour);
  expect(listed).toEqual([made.serviceAccountToken]);
  expect(JSON.stringify(listed, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
    made.token,
  );
});

test("each call with a lasting token moves when it was last used, and a deleted one opens nothing", async () => {
  const { as, clock, mint } = await withAccount();
  const { accounts } = await mint();
  const { token, serviceAccountToken } = await accounts.createServiceAccountToken({});
  const serviceAccountTokenId = serviceAccountToken?.id ?? "";
  const lastUsed = async () => (await accounts.getServiceAccountToken({ serviceAccountTokenId })).token?.lastUsed;
  const before = await lastUsed();
  clock.now += 1000;
  await as(token).identity.getAuthenticatedIdentity({});
  const after = await lastUsed();
  await accounts.deleteServiceAccountToken({ serviceAccountTokenId });

  expect([before, after]).toEqual([undefined, timestampFromMs(start + 1000)]);
  expect((await refusal(as(token).identity.getAuthenticatedIdentity({})))[0]).toBe("Unauthenticated");
  expect((await refusal(lastUsed()))[0]).toBe("NotFound");
});

test("a lasting token that somebody else has deleted opens nothing", async () => {
  const { as, emulator, mint } = await withAccount();
  const { accounts } = await mint();
  const { token, serviceAccountToken } = await accounts.createServiceAccountToken({});
  const before = await refusal(as(token).identity.getAuthenticatedIdentity({}));
  emulator.admin.remove("serviceAccountTokens", serviceAccountToken?.id ?? "");

  expect(before[0]).toBeUndefined();
  expect((await refusal(as(token).identity.getAuthenticatedIdentity({})))[0]).toBe("Unauthenticated");
});

test("tokens of an account are told to nobody but the account, whose tokens end when it is suspended", async () => {
  const { accounts, mint, serviceAccountId } = await withAccount();
  const account = await mint();
  await accounts.deleteServiceAccount({ serviceAccountId });

  expect((await refusal(accounts.listServiceAccountTokens({})))[0]).toBe("PermissionDenied");
  expect((await refusal(accounts.createServiceAccountToken({})))[0]).toBe("PermissionDenied");
  expect((await refusal(account.identity.getAuthenticatedIdentity({})))[0]).toBe("Unauthenticated");
});

test("accounts are made by administrators", async () => {
  const { as, robot } = await withAccount();

  expect((await refusal(as(tokens.colleague).accounts.createServiceAccount(robot)))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.serviceAccount).accounts.createServiceAccount(robot)))[0]).toBe("PermissionDenied");
});
