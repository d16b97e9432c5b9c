import { inspect } from "node:util";
import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { hostAuthenticationToken, serviceAccount, serviceAccountToken } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { createScene as setScene } from "../scene";
import { createPlayingClock } from "../timeline";
import { callsDuring, created, ids, type Kept, refreshed, removed, type Scene, updated } from "./scene";

const robot = { name: "Robot", validUntil: "2060-01-01T00:00:00Z" };
const minute = 60_000;

const mints = "ServiceAccountService/CreateServiceAccountAccessToken";
const creates = "ServiceAccountService/CreateServiceAccountToken";
const gets = "ServiceAccountService/GetServiceAccountToken";
const deletes = "ServiceAccountService/DeleteServiceAccountToken";

/** A scene whose time the test moves, for the emulator too, with a service account. */
async function withAccount(validUntil = robot.validUntil) {
  const playing = createPlayingClock();
  let passed = 0;
  const pass = (milliseconds: number): void => {
    passed += milliseconds;
  };
  const clock = { ...playing, now: () => playing.now() + passed };
  const scene = setScene({ pace: "per-read", clock, now: clock.now });
  const account = await created(scene, serviceAccount, { ...robot, validUntil });
  return { scene, account, pass, inputs: (more: JsonObject = {}) => ({ serviceAccountId: account.id, ...more }) };
}

const tokensIn = ({ emulator }: Scene) => emulator.admin.objects("serviceAccountTokens") as JsonObject[];

test("a token of a service account is made, read and revoked in the account's name, with one token for all of it", async () => {
  const { scene, account, inputs } = await withAccount();
  let kept: Kept | undefined;

  const calls = await callsDuring(scene, async () => {
    kept = await created(scene, serviceAccountToken, inputs({ description: "ci" }));
    await refreshed(scene, serviceAccountToken, kept);
  });
  const [made] = tokensIn(scene);
  const last = await callsDuring(scene, () => removed(scene, serviceAccountToken, kept!));

  expect(kept?.id).toBe(`${account.id}/${made?.id}`);
  expect(made).toMatchObject({ serviceAccountId: account.id, creator: { id: account.id } });
  expect(calls).toMatchObject({ [mints]: 1, [creates]: 1, [gets]: 1 });
  expect(last).toEqual({ [deletes]: 1 });
  expect(tokensIn(scene)).toEqual([]);
});

test("a token to call with is made anew after 25 of its 30 minutes", async () => {
  const { scene, pass, inputs } = await withAccount();
  const kept = await created(scene, serviceAccountToken, inputs());
  const read = () => callsDuring(scene, () => refreshed(scene, serviceAccountToken, kept));

  pass(24 * minute);
  const before = await read();
  pass(minute);
  const after = await read();
  const again = await read();

  expect([before, after, again]).toEqual([{ [gets]: 1 }, { [mints]: 1, [gets]: 1 }, { [gets]: 1 }]);
});

test("operations at the same time wait for the same token to call with, and each account has its own", async () => {
  const { scene, account, inputs } = await withAccount();
  const other = await created(scene, serviceAccount, { ...robot, name: "Other" });
  const stated = [inputs({ description: "one" }), inputs({ description: "two" }), { serviceAccountId: other.id }];

  const calls = await callsDuring(scene, () =>
    Promise.all(stated.map((each) => created(scene, serviceAccountToken, each))),
  );

  expect(calls).toMatchObject({ [mints]: 2, [creates]: 3 });
  expect(tokensIn(scene).map(({ creator }) => creator)).toEqual(
    tokensIn(scene).map(({ serviceAccountId }) => expect.objectContaining({ id: serviceAccountId })),
  );
  expect(new Set(tokensIn(scene).map(({ serviceAccountId }) => serviceAccountId))).toEqual(
    new Set([account.id, other.id]),
  );
});

test.each<[string, (scene: Scene, account: Kept) => unknown]>([
  ["is not there", ({ emulator }, { id }) => emulator.admin.remove("serviceAccounts", id)],
  ["is suspended", (scene, account) => removed(scene, serviceAccount, account)],
])("what belongs to a service account that %s is gone, and its deletion succeeds", async (_, end) => {
  const { scene, account, inputs } = await withAccount();
  const kept = await created(scene, serviceAccountToken, inputs());
  await end(scene, account);
  scene.restart();

  expect(await refreshed(scene, serviceAccountToken, kept)).toBeUndefined();
  await removed(scene, serviceAccountToken, kept);
});

test("what belongs to a service account that ends during a run is gone as well", async () => {
  const { scene, account, inputs } = await withAccount();
  const kept = await created(scene, serviceAccountToken, inputs());
  await removed(scene, serviceAccount, account);

  expect(await refreshed(scene, serviceAccountToken, kept)).toBeUndefined();
  await removed(scene, serviceAccountToken, kept);
});

test("what belongs to a service account whose time is over is gone, so that another one can take its place", async () => {
  const { scene, pass, inputs } = await withAccount("2026-02-01T00:00:00Z");
  const kept = await created(scene, serviceAccountToken, inputs());
  pass(12 * 60 * minute);

  expect(await refreshed(scene, serviceAccountToken, kept)).toBeUndefined();
  await removed(scene, serviceAccountToken, kept);
});

test("a refusal to make a token to call with stands where the account is not over", async () => {
  const { scene, inputs } = await withAccount();
  const kept = await created(scene, serviceAccountToken, inputs());
  scene.restart();
  const refuse = { code: "failed_precondition" as const, message: "not now" };
  scene.emulator.admin.fault({ method: mints, refuse, times: 10 });

  await expect(refreshed(scene, serviceAccountToken, kept)).rejects.toThrow(
    `could not read ServiceAccountToken ${kept.id}: not now.`,
  );
  await expect(removed(scene, serviceAccountToken, kept)).rejects.toThrow(
    `could not delete ServiceAccountToken ${kept.id}: not now.`,
  );
});

test("a token of another organization makes nothing gone that belongs to a service account", async () => {
  const { scene, inputs } = await withAccount();
  const { id, state } = await created(scene, serviceAccountToken, inputs());
  const transport = scene.emulator.transport(scene.emulator.tokens.stranger);
  const stranger = scene.operation({ client: createClient(transport, { host: "https://emulator.test/api" }) });
  const why = `ServiceAccountToken ${id} belongs to the organization ${ids.organization}, but the token belongs to `;

  await expect(read(serviceAccountToken, stranger, id, state)).rejects.toThrow(why);
  await expect(remove(serviceAccountToken, stranger, id, state)).rejects.toThrow(why);
});

test("a token whose time is over is gone, and no list shows it", async () => {
  const { scene, pass, inputs } = await withAccount();
  const short = await created(scene, serviceAccountToken, inputs({ validFor: "3600s" }));
  const long = await created(scene, serviceAccountToken, inputs({ validFor: "7200s", description: "long" }));
  pass(61 * minute);

  const found = await Promise.all([short, long].map((kept) => refreshed(scene, serviceAccountToken, kept)));

  expect(found.map((state) => state?.inputs.description)).toEqual([undefined, "long"]);
  expect(found[0]).toBeUndefined();
  await removed(scene, serviceAccountToken, short);
});

const host = (subject: JsonObject, more: JsonObject = {}) => ({
  runnerId: ids.runner,
  host: "git.example.com",
  token: "first-value",
  source: "PAT",
  subject,
  ...more,
});

test("a token of a host is its subject's: made, read, changed and deleted in the name of a service account", async () => {
  const { scene, account } = await withAccount();
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: account.id };
  let kept: Kept | undefined;

  const calls = await callsDuring(scene, async () => {
    kept = await created(scene, hostAuthenticationToken, host(subject));
    await refreshed(scene, hostAuthenticationToken, kept);
    await updated(scene, hostAuthenticationToken, kept, host(subject, { token: "second-value" }));
    await removed(scene, hostAuthenticationToken, kept);
  });

  expect(kept?.state.outputs).toMatchObject({ subject, host: "git.example.com" });
  expect(calls[mints]).toBe(1);
  expect(scene.emulator.admin.objects("hostAuthenticationTokens")).toEqual([]);
});

test("a token of a host whose subject is a user takes the token of the user, and nobody else's", async () => {
  const { scene } = await withAccount();
  const subject = { principal: "PRINCIPAL_USER", id: ids.owner };
  let kept: Kept | undefined;
  const calls = await callsDuring(scene, async () => {
    kept = await created(scene, hostAuthenticationToken, host(subject));
    await refreshed(scene, hostAuthenticationToken, kept);
  });
  const transport = scene.emulator.transport(scene.emulator.tokens.colleague);
  const colleague = scene.operation({ client: createClient(transport, { host: "https://emulator.test/api" }) });

  const { id, state } = kept!;

  expect(calls).not.toHaveProperty(mints);
  await expect(read(hostAuthenticationToken, colleague, id, state)).rejects.toThrow(
    `HostAuthenticationToken ${id} was created by ${ids.owner} and is not visible to ${ids.colleague}`,
  );
});

test("a read that lags behind a change is repeated, so that the state has what was written", async () => {
  const { scene, account } = await withAccount();
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: account.id };
  const kept = await created(scene, hostAuthenticationToken, host(subject, { scopes: ["read"] }));

  await updated(scene, hostAuthenticationToken, kept, host(subject, { scopes: ["read", "write"] }));

  expect(kept.state.outputs).toMatchObject({ scopes: ["read", "write"] });
});

test("what belongs to a service account is imported, or adopted, in the account's name", async () => {
  const { scene, account, inputs } = await withAccount();
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: account.id };
  const stated = host(subject);
  const [token, ofHost] = [
    await created(scene, serviceAccountToken, inputs({ description: "ci" })),
    await created(scene, hostAuthenticationToken, stated),
  ];
  scene.restart();

  const imported = [
    await read(serviceAccountToken, scene.operation(), token.id, undefined, inputs()),
    await read(hostAuthenticationToken, scene.operation(), ofHost.id, undefined, { subject }),
  ];
  scene.restart();
  const adopted = await created(scene, hostAuthenticationToken, { ...stated, adopt: ofHost.id });

  expect(imported.map((state) => state?.outputs)).toMatchObject([{ description: "ci" }, { subject }]);
  expect(adopted).toMatchObject({ id: ofHost.id, state: { outputs: { subject } } });
});

test("a token to call with is in no state and in no error", async () => {
  const { scene, inputs } = await withAccount();
  const kept = await created(scene, serviceAccountToken, inputs());
  const minted = [...scene.emulator.world.tokens].flatMap(([token, { until, serviceAccountTokenId }]) =>
    until !== undefined && serviceAccountTokenId === undefined ? [token] : [],
  );
  const words = `no ${minted.join(" and no ")}`;
  const failures: unknown[] = [];
  for (const method of [gets, creates, deletes])
    scene.emulator.admin.fault({ method, refuse: { code: "permission_denied", message: words } });
  for (const work of [
    () => refreshed(scene, serviceAccountToken, kept),
    () => removed(scene, serviceAccountToken, kept),
    () => created(scene, serviceAccountToken, inputs({ description: "another" })),
  ])
    await work().catch((error) => failures.push(error));

  const shown = inspect({ kept, failures, told: scene.told }, { depth: 20, showHidden: true });
  expect([minted.length, failures.length]).toEqual([1, 3]);
  expect(minted.filter((token) => shown.includes(token))).toEqual([]);
});
