import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { HostAuthenticationTokenSource as Source } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { open, refusal } from "./open";

const token = {
  runnerId: ids.runner,
  host: "github.com",
  token: "hidden-token",
  refreshToken: "hidden-refresh",
  source: Source.PAT,
  scopes: ["repo"],
};
const robot = { id: ids.serviceAccount, principal: Principal.SERVICE_ACCOUNT };
const soon = timestampFromMs(Date.parse("2030-01-01T00:00:00Z"));

test("a token of a host is its caller's, and its value is never shown", async () => {
  const { as, configurations, emulator } = open();
  const mine = (await configurations.createHostAuthenticationToken(token)).token;
  const theirs = await as(tokens.serviceAccount).configurations.createHostAuthenticationToken({
    ...token,
    subject: robot,
  });
  const { $typeName: _, ...shown } = mine ?? {};

  expect(shown).toMatchObject({ host: "github.com", source: Source.PAT, scopes: ["repo"], userId: ids.owner });
  expect(mine?.subject).toMatchObject({ id: ids.owner, principal: Principal.USER });
  expect(theirs.token).toMatchObject({ subject: robot, userId: "" });
  expect(JSON.stringify([shown, theirs.token, emulator.admin.objects("hostAuthenticationTokens")])).not.toContain(
    "hidden",
  );
  expect([...emulator.world.hostAuthenticationTokens.rows.values()].map(({ owed }) => owed.token)).toEqual([
    "hidden-token",
    "hidden-token",
  ]);
});

test("nobody makes a token for somebody else, and nobody but its subject knows it", async () => {
  const { as, configurations } = open();
  const made = await as(tokens.serviceAccount).configurations.createHostAuthenticationToken(token);
  const id = made.token?.id ?? "";
  const make = async (more: object) =>
    (await refusal(configurations.createHostAuthenticationToken({ ...token, ...more })))[0];

  expect(await make({ subject: robot })).toBe("PermissionDenied");
  expect(await make({ userId: ids.colleague })).toBe("PermissionDenied");
  expect((await refusal(configurations.getHostAuthenticationToken({ id })))[0]).toBe("NotFound");
  expect((await refusal(configurations.updateHostAuthenticationToken({ id, token: "x" })))[0]).toBe("NotFound");
  expect((await refusal(configurations.deleteHostAuthenticationToken({ id })))[0]).toBe("NotFound");
  expect((await configurations.listHostAuthenticationTokens({ filter: { subjectId: robot.id } })).tokens).toEqual([]);
});

test("a list is narrowed by runner, user and subject", async () => {
  const { configurations } = open();
  const { token: made } = await configurations.createHostAuthenticationToken(token);
  const list = async (filter: object) =>
    (await configurations.listHostAuthenticationTokens({ filter })).tokens.map(({ id }) => id);

  expect(await list({})).toEqual([made?.id]);
  expect(await list({ runnerId: ids.runner, userId: ids.owner, subjectId: ids.owner })).toEqual([made?.id]);
  expect(await list({ runnerId: ids.smallClass })).toEqual([]);
  expect(await list({ userId: ids.colleague })).toEqual([]);
  expect(await list({ subjectId: ids.colleague })).toEqual([]);
});

test("an update says nothing, keeps what it leaves out, and shows with the second read", async () => {
  const { configurations, emulator } = open();
  const id = (await configurations.createHostAuthenticationToken(token)).token?.id ?? "";
  const read = async () => {
    const { scopes, expiresAt } = (await configurations.getHostAuthenticationToken({ id })).token ?? {};
    return [scopes, expiresAt];
  };
  const listed = async () => (await configurations.listHostAuthenticationTokens({})).tokens[0]?.scopes;
  const answer = await configurations.updateHostAuthenticationToken({ id, scopes: ["read", "write"], expiresAt: soon });
  const seen = [await read(), await read()];
  await configurations.updateHostAuthenticationToken({ id, token: "hidden-newer", scopes: [] });
  const kept = [await listed(), await read()];

  expect(Object.keys(answer)).toEqual(["$typeName"]);
  expect(seen).toEqual([
    [["repo"], undefined],
    [["read", "write"], soon],
  ]);
  expect(kept).toEqual([
    ["read", "write"],
    [["read", "write"], soon],
  ]);
  expect(emulator.world.hostAuthenticationTokens.rows.get(id)?.owed).toEqual({
    token: "hidden-newer",
    refreshToken: "hidden-refresh",
  });
});

test("a token is of an integration of its runner, and ends with it and with its OAuth application", async () => {
  const { configurations, emulator } = open();
  const { id: integrationId } = await configurations.createSCMIntegration({
    runnerId: ids.runner,
    scmId: "github",
    host: "github.com",
    oauthClientId: "client",
    oauthPlaintextClientSecret: "hidden",
  });
  const make = async (more: object) =>
    (await configurations.createHostAuthenticationToken({ ...token, source: Source.OAUTH, ...more })).token?.id ?? "";
  const gone = async (id: string) => (await refusal(configurations.getHostAuthenticationToken({ id })))[0];
  const [first, free] = [await make({ integrationId }), await make({})];
  await configurations.updateSCMIntegration({ id: integrationId, pat: true });
  const untouched = await gone(first);
  await configurations.updateSCMIntegration({ id: integrationId, oauthClientId: "" });
  const second = await make({ integrationId });
  const withoutOAuth = [await gone(first), await gone(second)];
  await configurations.deleteSCMIntegration({ id: integrationId });

  expect([untouched, ...withoutOAuth]).toEqual([undefined, "NotFound", undefined]);
  expect([await gone(second), await gone(free)]).toEqual(["NotFound", undefined]);
  expect((await refusal(make({ integrationId })))[0]).toBe("NotFound");
  expect((await refusal(make({ runnerId: ids.smallClass })))[0]).toBe("NotFound");
  emulator.admin.remove("runners", ids.runner);
  expect(await gone(free)).toBe("NotFound");
});

test("an integration of another runner is refused", async () => {
  const { configurations, emulator } = open();
  const scm = { runnerId: ids.runner, scmId: "github", host: "github.com" };
  const { id: integrationId } = await configurations.createSCMIntegration(scm);
  emulator.admin.patch("scmIntegrations", integrationId, { runnerId: ids.largeClass });

  expect((await refusal(configurations.createHostAuthenticationToken({ ...token, integrationId })))[0]).toBe(
    "InvalidArgument",
  );
});

test("a change that no read has shown yet survives in the file", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "emulator-")), "world.json");
  const before = open({ stateFile });
  const id = (await before.configurations.createHostAuthenticationToken(token)).token?.id ?? "";
  await before.configurations.updateHostAuthenticationToken({ id, expiresAt: soon });
  await before.emulator.close();
  const { configurations } = open({ stateFile });
  const read = async () => (await configurations.getHostAuthenticationToken({ id })).token?.expiresAt;

  expect([await read(), await read()]).toEqual([undefined, soon]);
});
