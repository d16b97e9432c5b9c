import { createEmulator, type Emulator, type StreamEnd, tokens } from "../../emulator";
import { check } from "../../provider/check/check";
import { resolveAccount } from "../../provider/client/account";
import { connect } from "../../provider/client/client";
import { create } from "../../provider/lifecycle/create";
import type { Definition } from "../../provider/model/definition";
import { environment, service } from "../../provider/resources";
import { systemClock } from "../../provider/value/clock";
import type { JsonObject } from "../../provider/value/json";
import { operationOn } from "../scene";
import { dev, reads, serviceReads, watches, web } from "./scene";

jest.setTimeout(30_000);

let emulator: Emulator;
let work: (definition: Definition, inputs: JsonObject) => Promise<{ id: string }>;
const warnings: Error[] = [];
const warn = (warning: Error): number => warnings.push(warning);

beforeEach(async () => {
  emulator = createEmulator({ pace: "fast" });
  const { url } = await emulator.listen();
  const client = connect(resolveAccount({ token: tokens.owner, host: url }, {}), { env: {} });
  const operation = operationOn(client, systemClock);
  work = (definition, inputs) => create(definition, operation, check(definition, inputs).inputs);
  warnings.length = 0;
  process.on("warning", warn);
});

afterEach(async () => {
  process.off("warning", warn);
  await emulator.close();
});

/** Returns once no stream is open anymore. */
async function closed(): Promise<number> {
  for (let turn = 0; emulator.admin.streams() > 0 && turn < 100; turn++) await systemClock.sleep(10);
  return emulator.admin.streams();
}

test("fifty environments take one stream and at most four reads each over HTTP", async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => work(environment, { ...dev, name: `dev-${i}` })));

  const { [watches]: streams, [reads]: count = 0 } = emulator.calls();
  expect([streams, await closed(), warnings]).toEqual([1, 0, []]);
  expect(count).toBeLessThanOrEqual(4 * 50);
});

test("a hundred services take one stream and at most four reads each over HTTP", async () => {
  const { id } = await work(environment, dev);
  emulator.admin.resetCalls();

  const metadata = (i: number): JsonObject => ({ reference: `web-${i}`, name: `Web ${i}` });
  await Promise.all(Array.from({ length: 100 }, (_, i) => work(service, { ...web(id), metadata: metadata(i) })));

  const { [watches]: streams, [serviceReads]: count = 0 } = emulator.calls();
  expect([streams, await closed(), warnings]).toEqual([1, 0, []]);
  expect(count).toBeLessThanOrEqual(4 * 100);
});

test.each<StreamEnd>(["clean", "error", "connection"])(
  "streams that keep ending (%s) do not keep a wait",
  async (end) => {
    const cutting = setInterval(() => emulator.admin.cutStreams(end), 100);
    const made = await work(environment, dev).finally(() => clearInterval(cutting));

    expect(made.id).toMatch(/-/);
    expect(await closed()).toBe(0);
  },
);

test.each([
  ["before the server answers", { lost: "before" }],
  ["after the server has acted", { lost: "after" }],
  ["inside the answer", { lost: "inside" }],
  ["by a gateway without events", { respond: { status: 404, body: "<html>" } }],
  ["by a gateway that is overloaded", { respond: { status: 503, body: "<html>" } }],
  ["by bytes that are no message", { malformed: true }],
  ["by a slow answer", { drip: 20 }],
] as const)("a stream that is lost %s does not keep a wait", async (_name, fault) => {
  emulator.admin.fault({ method: watches, times: 2, ...fault });

  const made = await work(environment, dev);

  expect(made.id).toMatch(/-/);
  expect(await closed()).toBe(0);
});
