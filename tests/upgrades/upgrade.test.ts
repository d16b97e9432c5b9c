import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { classicTokens, createEmulator, type Emulator, tokens } from "../../emulator";
import providers from "../../provider/dynamic";
import { type InModule, kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import { inClear, shown } from "../faults/value";
import { fileOf, type Recorded } from "./record";

const { version } = require("../../package.json") as { version: string };
const current = join(__dirname, version);
const releases = readdirSync(__dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
let emulator: Emulator;

beforeAll(async () => {
  emulator = createEmulator();
  const { url } = await emulator.listen();
  const classic = { "gitpod:classicHost": url, "gitpod:classicToken": classicTokens.owner };
  const config: Record<string, string> = { "gitpod:host": url, "gitpod:token": tokens.owner, ...classic };
  const get = (name: string) => config[name];
  for (const provider of Object.values(providers)) await provider.configure({ config: { get } as never });
});

afterAll(() => emulator.close());

test("every kind is recorded as this release stores it", () => {
  expect(readdirSync(current).sort()).toEqual(Object.values(resources).map(fileOf).sort());
});

describe.each(releases)("state of %s", (release) => {
  test.each(readdirSync(join(__dirname, release)))("%s is no difference and no replacement", async (file) => {
    const recorded: Recorded = JSON.parse(readFileSync(join(__dirname, release, file), "utf8"));
    const [, provider] = Object.entries(providers).find(([name]) => named(name) === recorded.kind)!;
    const hidden = Object.entries(recorded.inputs).filter(([name]) => name.startsWith("__"));
    const stated = { ...recorded.program, ...Object.fromEntries(hidden) };

    const { inputs, failures } = await provider.check({}, stated);
    const difference = await provider.diff(recorded.id, plain(recorded.outputs), plain(recorded.inputs));

    expect(failures).toEqual([]);
    expect(shown(inputs as never)).toEqual(shown(recorded.inputs as never));
    expect(difference).toEqual({ changes: false, replaces: [], deleteBeforeReplace: false });
  });
});

/** Pulumi hands secrets over in clear. */
const plain = (properties: object): object => inClear(properties as never) as object;

const definitions: { readonly [name: string]: InModule } = resources;
const named = (name: string): string => kindName(definitions[name]!);
