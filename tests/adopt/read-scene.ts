import { createClient as connect } from "@connectrpc/connect";
import type { Adoptable, Inventory } from "../../adopt/inventory";
import { type Clients, readInventory } from "../../adopt/read";
import { titleOf } from "../../adopt/read/kinds";
import { classicTokens, type Emulator, ids, tokens } from "../../emulator";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { settle, subjects } from "../kinds/subject";
import { created } from "../resources/scene";
import type { Scene } from "../scene";

/** The clients of an emulator in memory. */
export const clientsOf = ({ transport }: Emulator, token: string = tokens.owner): Clients => ({
  index: createClient(transport(token), { host: "https://emulator.test/api" }),
  experimental: createClient(transport(classicTokens.owner), { host: "https://emulator.test", api: apis.experimental }),
});

/** Makes an object of each kind, and what these live in; returns the names of the kinds with the ids. */
export async function makeAll(scene: Scene): Promise<[kind: string, id: string][]> {
  const home = await settle(async ({ definition, inputs }) => (await created(scene, definition, inputs)).id);
  const made: [string, string][] = [];
  for (const { definition, inputs } of subjects(home))
    made.push([titleOf(definition), (await created(scene, definition, inputs)).id]);
  return made;
}

/** Makes so many groups, and returns their ids. */
export async function makeGroups({ transport }: Emulator, count: number): Promise<string[]> {
  const groups = connect(GroupService, transport());
  const made: string[] = [];
  for (let i = 0; i < count; i++)
    made.push(
      (await groups.createGroup({ organizationId: ids.organization, name: `Group ${String(i).padStart(4, "0")}` }))
        .group?.id ?? "",
    );
  return made;
}

/** Reads, and counts the calls that this takes. */
export async function readCounted(
  emulator: Emulator,
  options: Parameters<typeof readInventory>[1] = {},
  token?: string,
): Promise<{ readonly inventory: Inventory; readonly calls: Record<string, number> }> {
  emulator.admin.resetCalls();
  const inventory = await readInventory(clientsOf(emulator, token), options);
  return { inventory, calls: emulator.calls() };
}

/** An inventory as text, without definitions. */
export const textOf = ({ objects, ...others }: Inventory): string =>
  JSON.stringify({ objects: objects.map(plain), ...others });

const plain = ({ definition, ...object }: Adoptable) => ({ kind: titleOf(definition), ...object });

/** Returns the names of the objects of a kind. */
export const namesOf = ({ objects }: Inventory, kind: string): string[] =>
  objects.flatMap(({ definition, name }) => (titleOf(definition) === kind ? [name] : []));
