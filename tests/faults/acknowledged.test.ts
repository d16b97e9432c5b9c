import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { environment } from "../../provider/resources";
import { at, type JsonObject } from "../../provider/value/json";
import { lazily } from "../../provider/value/lazily";
import { requireFresh } from "../../tools/fresh";
import { homeInputs } from "../kinds/subject";
import { plugin } from "../plugin/adapter";
import { dynamic } from "./adapter";
import { createBench, type Life } from "./bench";
import { openPlace, settleHome } from "./scenario";

jest.setTimeout(300_000);

const method = "EnvironmentService/MarkEnvironmentActive";

beforeAll(() => requireFresh());

describe.each([
  ["dynamic", dynamic],
  ["plugin", plugin],
] as const)("on the %s adapter", (_, adapter) => {
  const bench = createBench(adapter);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-acknowledged-"));
  const home = lazily(() => settleHome(bench, folder));
  const open = async () => {
    const { world } = await home();
    const place = await openPlace(world);
    place.emulator.admin.resetCalls();
    return { ...place, life: await bench.beginAlone(place.host) };
  };

  afterAll(async () => {
    await bench.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  test("a create is acknowledged a moment after its answer, once", async () => {
    const { emulator, life, close } = await open();
    const acknowledged = new Promise<void>((resolve) => {
      emulator.admin.onCall((called, moment) => {
        if (called === method && moment === "after") resolve();
      });
    });

    const id = await create(life);
    const atFirst = signalOf(emulator, id);
    await acknowledged;
    const later = signalOf(emulator, id);
    await life.process.interrupt();

    expect([atFirst, later]).toEqual([undefined, "pulumi-gitpod"]);
    expect(emulator.calls()[method]).toBe(1);
    await close();
  });

  test("a create is acknowledged at the end of the command where that comes first, a failed one too", async () => {
    const { emulator, life, close } = await open();

    const [id, failed] = [await create(life), await create(life, { name: "fail-start" })];
    await life.process.interrupt();

    expect([signalOf(emulator, id), signalOf(emulator, failed)]).toEqual(["pulumi-gitpod", "pulumi-gitpod"]);
    await close();
  });

  test("a create is not acknowledged where the engine is gone, which may not have stored it", async () => {
    const { emulator, life, close } = await open();

    const id = await create(life);
    await life.process.abandon();

    expect(signalOf(emulator, id)).toBeUndefined();
    await close();
  });

  test("an acknowledgment that fails is no failure", async () => {
    const { emulator, life, close } = await open();
    emulator.admin.fault({ method, refuse: { code: "permission_denied" }, times: 9 });

    const id = await create(life);
    await life.process.interrupt();

    expect(signalOf(emulator, id)).toBeUndefined();
    expect([life.process.said, life.process.printed]).toEqual([
      expect.not.arrayContaining([expect.stringMatching(/injected|denied/)]),
      [],
    ]);
    await close();
  });
});

async function create({ provider, resource }: Life, { name }: { name: string } = { name: "dev" }): Promise<string> {
  const about = resource(environment as Definition, name, { ...homeInputs.environment, name });
  const { inputs } = await provider.check(about, {}, about.inputs);
  return (await provider.create(about, inputs)).id;
}

function signalOf({ admin }: Emulator, id: string): unknown {
  const objects = admin.objects("environments") as JsonObject[];
  return at(
    objects.find((object) => object.id === id),
    ["status", "activitySignal", "source"],
  );
}
