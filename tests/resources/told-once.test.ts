import { Code, ConnectError } from "@connectrpc/connect";
import { createClient } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Definition } from "../../provider/model/definition";
import type { Method } from "../../provider/model/descriptor";
import { NotReady } from "../../provider/model/not-ready";
import { isTellable, toldIn } from "../../provider/model/told-once";
import { organizationInvite, runner, runnerToken, serviceAccountToken, webhook } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { callsOf, type Home, needsOf, placed, type Subject, subjects } from "../kinds/subject";
import { objectsIn } from "../kinds/table";
import {
  callsDuring,
  created,
  createScene,
  difference,
  type Kept,
  notReady,
  refreshed,
  removed,
  type Scene,
  updated,
} from "./scene";

type Teller = Subject & { readonly definition: Definition };

/** Kinds with secrets that are told once. */
const tellers = subjects()
  .filter(({ definition }) => definition.once)
  .map((subject): [string, Teller] => [subject.definition.kind, subject]);

/** What a deletion ends by making another one, which nobody knows: no read finds it without its secret. */
const isEndedByAnother = ({ create, delete: remove }: Definition): boolean => remove === create;

const importable = tellers.filter(([, { definition }]) => !isEndedByAnother(definition));

const renewable = tellers.filter(([, { definition }]) => isTellable(definition));

/** Uses the secret of an object, as whoever it is for does, and returns what it opens; undefined where that is nothing. */
const uses: Readonly<
  Record<string, (scene: Scene, secret: string) => string | undefined | Promise<string | undefined>>
> = {
  Runner: deployed,
  RunnerToken: deployed,
  ScimConfiguration: ({ emulator }, secret) => emulator.admin.scimConfiguration(secret),
  Webhook: ({ emulator }, secret) =>
    [...emulator.world.webhooks.rows.values()].find(({ owed }) => owed.value === secret)?.id,
  OrganizationInvite: ({ emulator }, secret) =>
    emulator.world.organizationInvites.rows.get(secret)?.owner.organizationId,
  TeamInvitation: ({ emulator }, secret) =>
    [...emulator.world.classicTeams.rows.values()].find(({ remote }) => remote.teamInvitation?.id === secret)?.id,
  ServiceAccountToken: async ({ emulator }, secret) => {
    const caller = createClient(emulator.transport(secret), { host: "https://emulator.test/api" });
    const who = await identity(caller).catch(() => undefined);
    return who && `${who.subjectId}/${emulator.world.tokens.get(secret)?.serviceAccountTokenId}`;
  },
};

test.each(tellers)(
  "the secret of %s is told with the create, works, and stays through reads and updates",
  async (_, subject) => {
    const { definition, inputs, updated: changed = subject.inputs } = subject;
    const { scene, home } = await settled(definition);

    const kept = await created(scene, definition, placed(inputs, home));
    const told = secretOf(definition, kept);
    await refreshed(scene, definition, kept);
    const read = secretOf(definition, kept);
    await updated(
      scene,
      definition,
      kept,
      placed({ ...changed, ...(inputs.triggers && { triggers: inputs.triggers }) }, home),
    );

    expect([read, secretOf(definition, kept)]).toEqual([told, told]);
    expect(await uses[definition.kind]!(scene, told)).toBe(kept.id);
  },
);

test.each(importable)(
  "an import of %s has no secret, and neither a read nor an update asks for one",
  async (_, subject) => {
    const { definition } = subject;
    const { scene, inputs } = await settled(definition, subject.inputs);
    const { id } = await created(scene, definition, inputs);

    const calls = await callsDuring(scene, async () => {
      const state = (await read(definition, scene.operation({}, definition), id, undefined))!;
      const imported = { ...state, seen: { ...state.seen, imported: true } };
      const stated = { ...imported.inputs, triggers: { round: "1" } };
      const next = await update(definition, scene.operation({}, definition), id, imported, stated);
      expect([imported, next].map(({ outputs }) => toldIn(definition, outputs))).toEqual([{}, {}]);
    });

    expect(tellingIn(definition, calls)).toEqual({});
  },
);

test.each(renewable)("a change of triggers renews the secret of %s by one call", async (_, subject) => {
  const { definition } = subject;
  const { scene, inputs } = await settled(definition, subject.inputs);
  const kept = await created(scene, definition, inputs);
  const before = secretOf(definition, kept);

  const calls = await callsDuring(scene, () =>
    updated(scene, definition, kept, { ...inputs, triggers: { round: "2" } }),
  );

  const now = secretOf(definition, kept);
  expect(now).not.toBe(before);
  expect(await uses[definition.kind]!(scene, now)).toBe(kept.id);
  expect(tellingIn(definition, calls)).toEqual({ [nameOf(renewalOf(definition)!)]: 1 });
});

test.each(tellers)(
  "no failure after the create of %s loses a secret of its answer, or shows it",
  async (_, subject) => {
    const { definition } = subject;
    const { scene, inputs } = await settled(definition, subject.inputs);
    const secrets: string[] = [];
    failAfter(scene, subject, () => `nothing but ${secrets}`);

    const made = await created(scene, definition, inputs, { secrets }).catch((error: NotReady) => error);

    const answered = Object.entries(definition.once!).filter(([, how]) => how === "answer");
    const told = toldIn(definition, made.state.outputs);
    expect(Object.keys(told)).toEqual(answered.map(([name]) => name));
    expect(secrets).toEqual(Object.values(told));
    expect(secrets.filter((secret) => made instanceof NotReady && made.message.includes(secret))).toEqual([]);
  },
);

test.each(renewable)(
  "a lost answer to the create of %s leaves one object, whose secret is told",
  async (_, subject) => {
    const { definition } = subject;
    const { scene, inputs } = await settled(definition, subject.inputs);
    scene.emulator.admin.fault({ method: callsOf(subject, "create")[0]!, lost: "after" });

    const kept = await created(scene, definition, inputs);

    expect(await uses[definition.kind]!(scene, secretOf(definition, kept))).toBe(kept.id);
    expect([subject.table].flat().flatMap((table) => objectsIn(scene.emulator, table))).toHaveLength(1);
  },
);

test.each(renewable)("a lost answer to the renewal of %s is followed by another renewal", async (_, subject) => {
  const { definition } = subject;
  const { scene, inputs } = await settled(definition, subject.inputs);
  const kept = await created(scene, definition, inputs);
  const before = secretOf(definition, kept);
  scene.emulator.admin.fault({ method: nameOf(renewalOf(definition)!), lost: "after" });
  const news = { ...inputs, triggers: { round: "2" } };

  const error = await notReady(updated(scene, definition, kept, news));
  const left = { id: kept.id, state: error.state };
  await updated(scene, definition, left, news);

  expect(toldIn(definition, error.state.outputs)).toEqual(toldIn(definition, kept.state.outputs));
  expect(secretOf(definition, left)).not.toBe(before);
  expect(await uses[definition.kind]!(scene, secretOf(definition, left))).toBe(kept.id);
});

test.each(tellers.filter(([, { definition }]) => definition.delete !== "forget"))(
  "the secret of %s ends with the object",
  async (_, subject) => {
    const { definition } = subject;
    const { scene, inputs } = await settled(definition, subject.inputs);
    const kept = await created(scene, definition, inputs);

    await removed(scene, definition, kept);

    expect(await uses[definition.kind]!(scene, secretOf(definition, kept))).toBeUndefined();
  },
);

test.each(tellers)("nothing that %s has told is told by a refresh, a preview or a deletion", async (_, subject) => {
  const { definition } = subject;
  const { scene, inputs } = await settled(definition, subject.inputs);
  const kept = await created(scene, definition, inputs);

  const calls = await callsDuring(scene, async () => {
    difference(scene, definition, kept, { ...inputs, triggers: { round: "2" } });
    await refreshed(scene, definition, kept);
    await removed(scene, definition, kept);
  });

  expect(tellingIn(definition, calls)).toEqual({});
});

test("a secret that could not be read after the create is read by the next update, also after a refresh", async () => {
  const scene = createScene();
  const inputs = subjectOf(webhook).inputs;
  scene.emulator.admin.fault({ method: "WebhookService/GetWebhookSecret", refuse: { code: "internal" } });

  const { id, state } = await notReady(created(scene, webhook, inputs));
  const kept = { id, state };
  await refreshed(scene, webhook, kept);
  const { unsettled } = difference(scene, webhook, kept, inputs);
  await updated(scene, webhook, kept, inputs);

  expect(unsettled).toBe(true);
  expect(await uses.Webhook!(scene, secretOf(webhook, kept))).toBe(id);
  expect(difference(scene, webhook, kept, inputs).unsettled).toBe(false);
});

test("a secret that can be read is, where its object is taken over; another one is made where a program says so", async () => {
  const scene = createScene();
  const [hook, machine] = [subjectOf(webhook).inputs, subjectOf(runner).inputs];
  const { triggers: _, ...untriggered } = machine;
  const first = [await created(scene, webhook, hook), await created(scene, runner, machine)] as const;
  scene.restart();

  const adopted = [
    await created(scene, webhook, { ...hook, adopt: first[0].id }),
    await created(scene, runner, { ...machine, adopt: first[1].id }),
    await created(scene, runner, { ...untriggered, adopt: first[1].id }),
  ] as const;

  expect(secretOf(webhook, adopted[0])).toBe(secretOf(webhook, first[0]));
  expect(deployed(scene, secretOf(runner, adopted[1]))).toBe(first[1].id);
  expect(toldIn(runner, adopted[2].state.outputs)).toEqual({});
  expect(scene.told).toEqual([
    `info: exchangeToken of Runner ${first[1].id} was told once, before it was taken over; a change of triggers makes a new one`,
  ]);
});

test("a runner token is made although there is something at its address, and again after a lost answer", async () => {
  const scene = createScene();
  const { id: runnerId } = await created(scene, runner, subjectOf(runner).inputs);
  scene.emulator.admin.fault({ method: "RunnerService/CreateRunnerToken", lost: "after" });

  await expect(created(scene, runnerToken, { runnerId })).rejects.toThrow("could not create RunnerToken");
  const tokens = [await created(scene, runnerToken, { runnerId }), await created(scene, runnerToken, { runnerId })];

  expect(tokens.map((token) => deployed(scene, secretOf(runnerToken, token)))).toEqual([runnerId, runnerId]);
  expect(scene.told).toEqual([]);
});

test("a token whose value went with the answer is revoked, and another one is made", async () => {
  const { scene, inputs } = await settled(serviceAccountToken, subjectOf(serviceAccountToken).inputs);
  scene.emulator.admin.fault({ method: "ServiceAccountService/CreateServiceAccountToken", lost: "after" });

  const kept = await created(scene, serviceAccountToken, inputs);

  expect(await uses.ServiceAccountToken!(scene, secretOf(serviceAccountToken, kept))).toBe(kept.id);
  expect(objectsIn(scene.emulator, "serviceAccountTokens").map(({ id }) => id)).toEqual([kept.id]);
});

test("a token whose value went with the answer is named where it cannot be revoked", async () => {
  const { scene, inputs } = await settled(serviceAccountToken, subjectOf(serviceAccountToken).inputs);
  const { admin } = scene.emulator;
  admin.fault({ method: "ServiceAccountService/CreateServiceAccountToken", lost: "after" });
  admin.fault({ method: "ServiceAccountService/DeleteServiceAccountToken", refuse: { code: "internal" } });

  await expect(created(scene, serviceAccountToken, inputs)).rejects.toThrow("could not create ServiceAccountToken");

  const [left] = objectsIn(scene.emulator, "serviceAccountTokens");
  expect(scene.told).toEqual([expect.stringContaining(`nobody has: ${left?.id} `)]);
});

test("a token whose value went with a killed run is named with the way to revoke it, and another one is made", async () => {
  const { scene, inputs } = await settled(serviceAccountToken, subjectOf(serviceAccountToken).inputs);
  const left = await created(scene, serviceAccountToken, inputs);
  scene.restart();

  const kept = await created(scene, serviceAccountToken, inputs);
  const another = await created(scene, serviceAccountToken, { ...inputs, adopt: "" });

  expect(new Set([left.id, kept.id, another.id]).size).toBe(3);
  expect(scene.told).toEqual([expect.stringContaining(`nobody has: ${left.id} `)]);
  expect(scene.told.join()).toContain(
    `revoke it: state it as a resource of its own with the required inputs and adopt: "${left.id}"`,
  );
  const { serviceAccountId = "" } = inputs;
  const adopted = await created(scene, serviceAccountToken, { serviceAccountId, adopt: left.id });
  await removed(scene, serviceAccountToken, adopted);
  const tokens = scene.emulator.admin.objects("serviceAccountTokens") as { id: string }[];
  expect(tokens.filter(({ id }) => left.id.endsWith(id))).toEqual([]);
});

test("a token that a list shows only after the create is named as well", async () => {
  const { scene, inputs } = await settled(serviceAccountToken, subjectOf(serviceAccountToken).inputs);
  scene.emulator.admin.lag(6);
  const left = await created(scene, serviceAccountToken, inputs);
  scene.restart();

  await created(scene, serviceAccountToken, inputs);

  expect(scene.told).toEqual([expect.stringContaining(`nobody has: ${left.id} `)]);
});

test("what is told once is not made anew while a list shows what a read does not find", async () => {
  const scene = createScene();
  const kept = await created(scene, runner, subjectOf(runner).inputs);
  scene.emulator.admin.fault({ method: "RunnerService/GetRunner", refuse: { code: "not_found" }, times: 9 });

  const refresh = refreshed(scene, runner, kept);

  await expect(refresh).rejects.toThrow("the token has lost a role");
});

async function settled(definition: Definition, inputs: JsonObject = {}) {
  const scene = createScene();
  const home: Record<string, string> = {};
  for (const need of needsOf(definition))
    home[need.name] = (await created(scene, need.definition, placed(need.inputs, home))).id;
  return { scene, home: home as Home, inputs: placed(inputs, home) };
}

/** Lets every call fail that follows the create of a subject, with the words that are given. */
function failAfter({ emulator }: Scene, subject: Teller, words: () => string): void {
  const [create] = callsOf(subject, "create");
  let isMade = false;
  emulator.admin.onCall((method, moment) => {
    if (method === create && moment === "after") isMade = true;
    else if (isMade && moment === "before") throw new ConnectError(words(), Code.Internal);
  });
}

function secretOf({ once = {} }: Definition, { state }: Kept): string {
  const [name = ""] = Object.keys(once);
  const secret = state.outputs[name];
  if (typeof secret !== "string" || secret === "") throw new Error(`no ${name} in ${JSON.stringify(state.outputs)}`);
  return secret;
}

function deployed({ emulator }: Scene, secret: string): string | undefined {
  try {
    return emulator.admin.deployRunner(secret);
  } catch {
    return undefined;
  }
}

function subjectOf(definition: Definition): Teller {
  return subjects().find((subject) => subject.definition === definition)!;
}

const renewalOf = ({ extra = {} }: Definition): Method | undefined =>
  Object.values(extra).find(({ on }) => on === "change")?.method;

const nameOf = ({ parent, name }: Method): string => `${parent.name}/${name}`;

/** The calls that tell secrets of a kind, of those that were made. */
function tellingIn(definition: Definition, calls: Readonly<Record<string, number>>): Record<string, number> {
  const { create, once = {} } = definition;
  const told = Object.values(once).filter((how) => how !== "answer");
  const telling = [create, renewalOf(definition), ...told].flatMap((method) => (method ? [nameOf(method)] : []));
  const ending = isEndedByAnother(definition) ? telling.slice(0, 1) : [];
  return Object.fromEntries(Object.entries(calls).filter(([name]) => telling.includes(name) && !ending.includes(name)));
}

test("the invite of an organization is gone once another one is made, which a deletion leaves alone", async () => {
  const scene = createScene();
  const { admin } = scene.emulator;
  const first = await created(scene, organizationInvite, {});
  const there = await refreshed(scene, organizationInvite, first);
  const second = await created(scene, organizationInvite, {});

  const gone = await refreshed(scene, organizationInvite, first);
  await removed(scene, organizationInvite, first);
  const left = admin.objects("organizationInvites");
  const imported = await read(organizationInvite, scene.operation(), first.id, undefined);

  expect([there, gone, imported]).toEqual([first.state, undefined, undefined]);
  expect(left).toEqual([{ inviteId: second.state.outputs.inviteId }]);
});
