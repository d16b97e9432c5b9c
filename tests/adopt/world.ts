import { toJson } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { classicTokens, type Emulator, ids, tokens } from "../../emulator";
import { apis } from "../../provider/client/api";
import { type Client, createClient } from "../../provider/client/client";
import { createRequest } from "../../provider/mapping/create-request";
import { addressOf, idSaid, naming } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import type { Method } from "../../provider/model/descriptor";
import { createMethod } from "../../provider/model/shape";
import { objectIn } from "../../provider/reading/find";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { verifyDomains } from "../kinds/domains";
import { needsOf, placed, subjects } from "../kinds/subject";
import { operationOn } from "../scene";
import { createPlayingClock } from "../timeline";
import { type Dice, openWardrobe } from "./dress";
import { notImported, recipes, type There } from "./recipe";
import { makeUnmanaged } from "./unmanaged";

/** The seed of this run: `ADOPT_SEED` repeats an earlier one, which `fill` has printed. */
export const seed = Number(process.env.ADOPT_SEED ?? Date.now() % 2 ** 31);

/** What an organization was filled with. */
export interface Filled {
  /** What an import takes, by the name of the provider object of its kind. */
  readonly made: Readonly<Record<string, readonly Made[]>>;
  /** The ids of what no program can manage. */
  readonly unmanaged: Readonly<Record<string, string>>;
  /** Every value that nobody may see who reads files, outputs or lines. */
  readonly canaries: readonly string[];
}

/** How an organization is filled. */
export interface Filling {
  readonly count: number;
  readonly seed?: number;
}

/** Fills the organization of the owner with so many objects of all kinds that an import takes, and with what none takes. */
export async function fill(emulator: Emulator, { count, seed: by = seed }: Filling): Promise<Filled> {
  process.stdout.write(`\nan organization of ${count} objects: ADOPT_SEED=${by}\n`);
  const draw = dice(by);
  const wardrobe = openWardrobe(draw, by);
  const clients = clientsOf(emulator);
  const made = new Map<string, Made[]>();
  const asked = new Map<string, number>();
  const objectsOf = (kind: string): readonly Made[] => made.get(kind) ?? [];
  const thereFor = (kind: string, number: number): There => {
    const next = (other: string): Made | undefined => {
      const question = `${kind} asks for ${other}`;
      const index = asked.get(question) ?? 0;
      if (index < objectsOf(other).length) asked.set(question, index + 1);
      return objectsOf(other)[index];
    };
    const of = (other: string): string => objectsOf(other)[draw(objectsOf(other).length)]?.id ?? "";
    return { emulator, round: objectsOf(kind).length, number, of, next };
  };

  const makeNext = async (kind: string, number: number): Promise<boolean> => {
    const definition = definitionOf(kind);
    const stated = recipes[kind]
      ? recipes[kind](thereFor(kind, number))
      : await exampleFor(clients, definition, objectsOf(kind).length);
    if (!stated) return false;
    const forms = [...(draw(3) === 0 ? [wardrobe.overdressed] : []), wardrobe.dressed, wardrobe.plain];
    await verifyDomains(emulator, stated);
    const object = await makeWith(
      clients,
      definition,
      forms.map((form) => () => form(definition, stated)),
    );
    made.set(kind, [...objectsOf(kind), object]);
    if (kind === "runner" && number % 3 !== 0) emulator.admin.deployRunner(object.told[0] ?? "");
    if (definition.phase) emulator.settle();
    return true;
  };

  let number = 0;
  for (let before = -1; number < count && before < number; ) {
    before = number;
    for (const kind of kinds) if (number < count && (await makeNext(kind, number))) number += 1;
  }
  const all = Object.fromEntries(made);
  const unmanaged = await makeUnmanaged(emulator, all, makerIn(emulator));
  emulator.settle();
  emulator.admin.resetCalls();
  const told = [...made.values()].flat().flatMap((object) => object.told);
  return {
    made: all,
    unmanaged: unmanaged.ids,
    canaries: [...wardrobe.canaries, ...told, ...unmanaged.told, tokens.owner, tokens.readOnly, classicTokens.owner],
  };
}

/** The kinds that an import takes: those with a recipe in its order, then the others. */
const kinds = [...new Set([...Object.keys(recipes), ...Object.keys(resources)])].filter(
  (kind) => !notImported.includes(kind),
);

/** The inputs that the example of a kind says, for one object; what it lives in is made with it. */
async function exampleFor(clients: Clients, definition: Definition, round: number): Promise<JsonObject | undefined> {
  if (round > 0) return undefined;
  const home: Record<string, string> = {};
  for (const need of needsOf(definition))
    home[need.name] = (await make(clients, need.definition, placed(need.inputs, home))).id;
  return subjects(home).find((subject) => subject.definition === definition)?.inputs;
}

/** Returns what makes an object of a kind, in somebody else's name where a client is given. */
export const makerIn =
  (emulator: Emulator) =>
  (kind: string, inputs: JsonObject, index?: Client): Promise<Made> =>
    make({ ...clientsOf(emulator), ...(index && { index }) }, definitionOf(kind), inputs);

/** An object that was made, and what was told of it once. */
export interface Made {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly told: readonly string[];
}

/** The clients of both APIs. */
interface Clients {
  readonly index: Client;
  readonly experimental: Client;
}

const clientsOf = (emulator: Emulator): Clients => ({
  index: createClient(emulator.transport(), { host: "https://emulator.test/api", api: apis.index }),
  experimental: createClient(emulator.transport(classicTokens.owner), {
    host: "https://emulator.test",
    api: apis.experimental,
  }),
});

/** Makes an object of the first of some inputs that the API takes. */
async function makeWith(clients: Clients, definition: Definition, forms: readonly (() => JsonObject)[]): Promise<Made> {
  const [form, ...others] = forms;
  const inputs = form?.() ?? {};
  try {
    return await make(clients, definition, inputs);
  } catch (error) {
    if (others.length > 0 && error instanceof ConnectError) return makeWith(clients, definition, others);
    throw new Error(`${definition.kind} ${JSON.stringify(inputs)}`, { cause: error });
  }
}

async function make(clients: Clients, definition: Definition, inputs: JsonObject): Promise<Made> {
  const { update, updateOnly = [], extra = {}, once = {}, composed, module = "index" } = definition;
  const client = clients[module];
  if (composed?.make) {
    const { id } = await composed.make(definition, operationOn(client, createPlayingClock()), inputs);
    return { id, inputs, told: [] };
  }
  const method = createMethod(definition, (input) => inputs[input] !== undefined);
  const answer = await client.call(method, createRequest(definition, method, inputs, ids.organization));
  const address = addressOf(definition, inputs, { organizationId: ids.organization, subjectId: ids.owner });
  const id = String(objectIn(definition, method, answer, address)?.id ?? address ?? idSaid(definition, method, answer));
  const call = (of: Method, request: JsonObject) =>
    client.call(of, { ...naming(definition, of, id, undefined, ids.organization), ...request });
  for (const [input, { method: of, field, on }] of Object.entries(extra))
    if (on === "write" && field !== undefined && inputs[input] !== undefined)
      await call(of, { [field]: inputs[input] });
  const later = updateOnly.filter((input) => inputs[input] !== undefined);
  if (update && update !== method && later.length > 0)
    await call(update, Object.fromEntries(later.map((input) => [input, inputs[input] ?? null])));
  const told: string[] = [];
  for (const [output, how] of Object.entries(once)) {
    const [of, said] = how === "answer" ? [method, answer] : [how, await call(how, {})];
    const secret = (toJson(of.output, said) as JsonObject)[output];
    if (typeof secret === "string" && secret !== "") told.push(secret);
  }
  return { id, inputs, told };
}

/** Draws numbers, the same ones for the same seed. */
function dice(by: number): Dice {
  let state = by;
  return (below) => {
    // The multiplier and the increment of Numerical Recipes; the upper bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function definitionOf(kind: string): Definition {
  const found = (resources as Readonly<Record<string, Definition>>)[kind];
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
}
