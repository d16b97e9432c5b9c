import { apiOf } from "../provider/client/api";
import type { Client } from "../provider/client/client";
import { identity } from "../provider/client/identity";
import type { Definition } from "../provider/model/definition";
import type { Inventory } from "./inventory";
import { allKinds, kindsNamed, titleOf } from "./read/kinds";
import { createReader, type Progress } from "./read/reader";

/** The clients of the APIs that there is a token for. */
export interface Clients {
  readonly index: Client;
  readonly experimental?: Client | undefined;
}

/** What is read of an account. */
export interface Reading {
  /** The kinds, as programs name them: `Project`, `experimental.Team`; all if missing. */
  readonly kinds?: readonly string[] | undefined;
  /** A part of the names of the objects, whatever its case, in which `*` stands for any text; all if missing. */
  readonly filter?: string | undefined;
  /** Is told whenever a list of a kind begins or ends. */
  readonly progress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads what an account has, as far as its token sees it; makes calls that only read, at most eight at once. What cannot
 * be read is in the inventory with the reason, and everything else is read.
 */
export async function readInventory(
  clients: Clients,
  { kinds, filter = "", progress, signal }: Reading = {},
): Promise<Inventory> {
  const wanted = kinds ? kindsNamed(kinds) : allKinds().filter(({ module }) => clients[module ?? "index"]);
  const clientOf = (definition: Definition): Client => {
    const client = clients[definition.module ?? "index"];
    if (!client) throw new Error(`${titleOf(definition)}: ${apiOf(definition).noToken}.`);
    return client;
  };
  for (const definition of wanted) clientOf(definition);
  const { organizationId } = await identity(clients.index).catch((error) => {
    throw clients.index.explain("could not sign in", error);
  });
  if (organizationId === undefined) throw new Error("the token acts in no organization");
  const reader = createReader({ clientOf, progress, signal });
  const founds = await Promise.all(wanted.map(reader.read));
  const isMeant = matching(filter);
  return {
    organizationId,
    objects: founds.flatMap(({ objects }) =>
      objects.filter((object) => isMeant(object.name) && !reader.isGone(object)),
    ),
    leftOut: founds.flatMap(({ leftOut }) => leftOut.filter(({ id, name = "" }) => id === undefined || isMeant(name))),
    unread: founds.flatMap(({ unread }) => unread),
  };
}

/** Returns what tells whether a name has a part. */
function matching(part: string): (name: string) => boolean {
  const texts = part.split("*").map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const form = new RegExp(texts.join(".*"), "isu");
  return (name) => form.test(name);
}
