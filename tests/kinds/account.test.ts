import { classicIds, classicTokens, ids, tokens } from "../../emulator";
import { toSnapshot } from "../../emulator/snapshot";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { apiOf } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { create } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { update } from "../../provider/lifecycle/update";
import type { Definition } from "../../provider/model/definition";
import type { Operation } from "../../provider/model/operation";
import { isConfirmedByList } from "../../provider/reading/confirm-unlisted";
import { groupMembership } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { definitions } from "../core/sample";
import { created, type Kept, type Scene, sceneFor } from "../resources/scene";
import { needsOf, placed, type Subject, subjects } from "./subject";

/** An object that the owner has made, in a world that has one of the same inputs elsewhere, where it may. */
interface Made {
  readonly scene: Scene;
  readonly kept: Kept;
  readonly updated: JsonObject;
}

async function makeOf(definition: Definition): Promise<Made> {
  const scene = sceneFor(definition);
  const subject = subjects().find((one) => one.definition === definition) as Subject;
  const home: Record<string, string> = {};
  for (const need of needsOf(definition))
    home[need.name] = (await created(scene, need.definition, placed(need.inputs, home))).id;
  const inputs = placed(subject.inputs, home);
  const { stranger } = definition.module ? classicTokens : tokens;
  await create(definition, as(scene, stranger, definition), inputs).catch(() => undefined);
  const kept = await created(scene, definition, inputs);
  return { scene, kept, updated: placed(subject.updated ?? subject.inputs, home) };
}

/** An operation of somebody else on the same world, in a run of its own. */
function as(scene: Scene, token: string, definition: Definition): Operation {
  scene.restart();
  return scene.operation({
    client: createClient(scene.emulator.transport(token), {
      host: "https://emulator.test/api",
      api: apiOf(definition),
    }),
  });
}

/** Kinds whose tokens act in one organization. */
const organized = definitions.filter(([, { module }]) => module === undefined);

test.each(organized)(
  "a token of another organization does nothing to %s, and both names are told",
  async (_, definition) => {
    const made = await makeOf(definition);
    const before = toSnapshot(made.scene.emulator.world);

    const told = await toldTo(tokens.stranger, definition, made);

    const words = `belongs to the organization ${ids.organization}, but the token belongs to ${ids.otherOrganization}. `;
    expect(told.map((line) => line.includes(words) || line)).toEqual(told.map(() => true));
    expect(toSnapshot(made.scene.emulator.world)).toEqual(before);
  },
);

test.each(organized)(
  "a token of another subject with every right goes on with %s, unless only its creator sees it; then both names are told",
  async (_, definition) => {
    const made = await makeOf(definition);
    const other = await addAdmin(made.scene);
    const before = toSnapshot(made.scene.emulator.world);

    const told = await toldTo("admin", definition, made);

    const words = `was created by ${ids.owner} and is not visible to ${other}, the owner of this token. `;
    // What belongs to a service account is seen by whoever may call in its name.
    const isHidden = definition.creatorOnly && !definition.as;
    const isRight = (line: string): boolean => (isHidden ? line.includes(words) : line === "done");
    expect(told.map((line) => isRight(line) || line)).toEqual(told.map(() => true));
    if (isHidden) expect(toSnapshot(made.scene.emulator.world)).toEqual(before);
  },
);

test.each(definitions.filter(([, { module }]) => module))(
  "%s of Gitpod Classic is not gone for another user, and both names are told",
  async (_, definition) => {
    const made = await makeOf(definition);
    const before = toSnapshot(made.scene.emulator.world);

    const told = await toldTo(classicTokens.stranger, definition, made);

    const words = `was created by ${classicIds.owner} and is not visible to ${classicIds.stranger}, the owner of this token. `;
    expect(told.map((line) => line.includes(words) || line)).toEqual(told.map(() => true));
    expect(toSnapshot(made.scene.emulator.world)).toEqual(before);
  },
);

const confirmed = definitions.filter(([, definition]) => isConfirmedByList(definition));

test.each(confirmed)(
  "%s that a read does not find and a list still shows is not gone, as after the loss of a role",
  async (kind, definition) => {
    const { scene, kept } = await makeOf(definition);
    const { get, list } = definition;
    const refused = { method: `${get?.parent.name}/${get?.name}`, refuse: { code: "not_found" } as const };
    scene.restart();
    scene.emulator.admin.fault({ ...refused, times: 100 });

    const refresh = read(definition, scene.operation(), kept.id, kept.state);

    await expect(refresh).rejects.toThrow(
      `could not read ${kind} ${kept.id}: ${get?.name} does not find ${kind} ${kept.id}, but ${list?.name} shows it: `,
    );
  },
);

test("of all others the class says that a lost role looks like a deletion", () => {
  const others = definitions.filter((each) => !confirmed.includes(each)).map(([kind]) => kind);

  expect(others).toMatchSnapshot();
});

/** What a read, an update and a deletion by somebody else come to. */
async function toldTo(token: string, definition: Definition, made: Made): Promise<string[]> {
  const { id, state } = made.kept;
  const works = [
    (operation: Operation) => read(definition, operation, id, state),
    ...(definition.update ? [(operation: Operation) => update(definition, operation, id, state, made.updated)] : []),
    // What is only forgotten asks nobody.
    ...(definition.delete === "forget" ? [] : [(operation: Operation) => remove(definition, operation, id, state)]),
  ];
  const told: string[] = [];
  for (const work of works)
    told.push(
      await work(as(made.scene, token, definition)).then(
        () => "done",
        (error: Error) => error.message,
      ),
    );
  return told;
}

/** Lets another user do everything in the organization, with the token `admin`. */
async function addAdmin(scene: Scene): Promise<string> {
  const id = scene.emulator.admin.addMember();
  const subject = { principal: "PRINCIPAL_USER", id };
  await created(scene, groupMembership, { groupId: ids.administrators, subject });
  scene.emulator.admin.setToken("admin", {
    subject: { principal: Principal.USER, id },
    organizationId: ids.organization,
  });
  return id;
}
