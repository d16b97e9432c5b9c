import { tokens } from "../../emulator";
import { identified } from "../../provider/model/address";
import { kindName } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import { requireFresh } from "../../tools/fresh";
import { type Adapter, dynamic } from "../faults/adapter";
import { connection } from "../faults/connection";
import { type Resource, type Stored, up } from "../faults/engine";
import { startProvider } from "../faults/provider-process";
import { settle, subjects } from "../kinds/subject";
import { plugin } from "../plugin/adapter";
import { openEmulator } from "../scene";

jest.setTimeout(120_000);

beforeAll(() => requireFresh());

/** Bytes that a resource may take beside its inputs and the object as the API has it: who made it, and for whom. */
const beside = { plugin: 700, dynamic: 1000 };

test.each([
  ["plugin", plugin, beside.plugin],
  ["dynamic", dynamic, beside.dynamic],
] as const)(
  "the state of a resource of each kind is its inputs, its object, and little more (%s)",
  async (_, adapter, most) => {
    const sizes = await sizesOf(adapter);

    expect(sizes.filter(({ own }) => own > most)).toEqual([]);
    expect(sizes.length).toBeGreaterThan(0);
  },
);

interface Size {
  readonly kind: string;
  readonly bytes: number;
  /** What is neither inputs nor object. */
  readonly own: number;
}

/** Creates one object of each kind, and measures what the engine is handed to store. */
async function sizesOf(adapter: Adapter): Promise<Size[]> {
  const { emulator, host, close } = await openEmulator({ pace: "fast" });
  const provider = await startProvider(adapter, { host, token: tokens.owner });
  try {
    const engine = connection(provider.client, adapter.acceptsSecrets);
    const made = async (kind: string, name: string, inputs: JsonObject): Promise<Stored> => {
      const type = adapter.typeOf(kind);
      const urn = `urn:pulumi:test::budget::${type}::${name}`;
      const resource: Resource = { urn, type, name, inputs: { ...inputs, ...adapter.hidden(kind, urn, []) } };
      const { state, errors } = await up(engine, [], [resource]);
      expect(errors).toEqual([]);
      return state[0]!;
    };
    const home = await settle(
      async ({ name, definition, inputs }) => (await made(kindName(definition), name, inputs)).id,
    );
    const sizes: Size[] = [];
    for (const { definition, table, inputs } of subjects(home)) {
      const { id, inputs: kept, outputs } = await made(kindName(definition), "subject", inputs);
      const stored = JSON.stringify({ id, outputs });
      const all = [table].flat().flatMap((each) => emulator.admin.objects(each) as JsonObject[]);
      // An object that the API does not know as one is those that its outputs name.
      const objects = all.filter((each) => stored.includes(String(identified(definition, each).id ?? each.id)));
      const bytes = bytesOf(kept) + bytesOf(outputs);
      // What is given back is told apart from what somebody else has written by our own values.
      const times = definition.delete === "restore" ? 3 : 2;
      sizes.push({ kind: kindName(definition), bytes, own: bytes - times * bytesOf(inputs) - bytesOf(objects) });
    }
    return sizes;
  } finally {
    await provider.kill();
    await close();
  }
}

const bytesOf = (value: unknown): number => JSON.stringify(value).length;
