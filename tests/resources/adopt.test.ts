import { read } from "../../provider/lifecycle/read";
import { customDomain, environment, group, secret, service, userBudget } from "../../provider/resources";
import { at, type JsonObject } from "../../provider/value/json";
import { created, createScene, difference, ids, notReady, type Scene } from "./scene";

const platform = { organizationId: ids.organization, name: "platform" };
const unknownId = "0199a1b2-0000-7000-8000-00000000abcd";

test("an object that exists already is taken over and brought to the inputs", async () => {
  const scene = createScene();
  const byHand = await created(scene, group, { ...platform, description: "by hand" });

  const kept = await created(scene, group, { ...platform, description: "by program", adopt: byHand.id });

  expect(kept.id).toBe(byHand.id);
  expect(scene.emulator.admin.objects("groups")).toMatchObject([{ id: byHand.id, description: "by program" }]);
});

test("a value that the server does not give back is written when a secret is adopted", async () => {
  const scene = createScene();
  const token = { name: "KEY", value: "old", apiOnly: true, scope: { organizationId: ids.organization } };
  const byHand = await created(scene, secret, token);

  await created(scene, secret, { ...token, value: "new", adopt: byHand.id });

  expect(scene.emulator.calls()).toMatchObject({ "SecretService/UpdateSecretValue": 1 });
});

test("an object that does not exist is refused", async () => {
  const scene = createScene();

  await expect(created(scene, group, { ...platform, adopt: unknownId })).rejects.toThrow(
    `could not adopt Group ${unknownId}: it does not exist, or the token may not see it`,
  );
});

test("an object that would have to be replaced is refused, with what differs", async () => {
  const scene = createScene();
  const byHand = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });

  await expect(
    created(scene, environment, { spec: { machine: { class: ids.largeClass } }, adopt: byHand.id }),
  ).rejects.toThrow(
    `could not adopt Environment ${byHand.id}: it differs in inputs that cannot change in place: spec.machine.class`,
  );
});

test("what has an address is adopted by it, or as the current one, and brought to the inputs", async () => {
  const scene = createScene();
  const limit = (monthlyCreditLimit: string) => ({ mode: "credits", monthlyCreditLimit });
  const domain = { domainName: "gitpod.example.com", provider: "aws" };
  const byHand = [await created(scene, userBudget, limit("1")), await created(scene, customDomain, domain)];
  scene.restart();

  const budget = await created(scene, userBudget, { ...limit("2"), adopt: "credits" });
  const renamed = await created(scene, customDomain, { ...domain, domainName: "ona.example.com", adopt: "current" });
  const elsewhere = created(scene, userBudget, { ...limit("3"), adopt: "byok" });

  expect([budget.id, renamed.id]).toEqual(byHand.map(({ id }) => id));
  expect([budget.state.inputs.monthlyCreditLimit, renamed.state.outputs.domainName]).toEqual(["2", "ona.example.com"]);
  await expect(elsewhere).rejects.toThrow("adopt: must be credits");
});

test("a stopped service is taken over and runs", async () => {
  const scene = createScene();
  const { id: environmentId } = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });
  const web: JsonObject = {
    environmentId,
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "sleep infinity" }, desiredPhase: "STOPPED" },
  };
  const byHand = await created(scene, service, web);

  const kept = await created(scene, service, {
    ...web,
    spec: { ...(web.spec as JsonObject), desiredPhase: "RUNNING" },
    adopt: byHand.id,
  });

  expect(kept.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_RUNNING" } });
});

test("the input does nothing once the object is there", async () => {
  const scene = createScene();
  const byHand = await created(scene, group, platform);
  const kept = await created(scene, group, { ...platform, adopt: byHand.id });

  expect(difference(scene, group, kept, platform)).toMatchObject({ changes: [], replaces: [], unsettled: false });
  expect(difference(scene, group, kept, { ...platform, adopt: unknownId })).toMatchObject({
    changes: [],
    replaces: [],
  });
});

test("an adopted environment that only passes the stated phase, on its way to another, is brought back", async () => {
  const dev = (phase: string) => ({ spec: { desiredPhase: phase, machine: { class: ids.smallClass } } });
  const phases: unknown[] = [];
  for (let reads = 0; reads < 6; reads++) {
    const scene = createScene();
    const byHand = await leftOnItsWay(scene, dev("STOPPED"), reads);
    await created(scene, environment, { ...dev("RUNNING"), adopt: byHand });
    scene.emulator.settle();
    phases.push(...scene.emulator.admin.objects("environments").map((object) => at(object, ["status", "phase"])));
  }

  expect(phases).toEqual(Array.from({ length: 6 }, () => "ENVIRONMENT_PHASE_RUNNING"));
});

/** Creates an environment, gives up the wait for it, and lets it go on for some reads. */
async function leftOnItsWay(scene: Scene, inputs: JsonObject, reads: number): Promise<string> {
  const cancellation = new AbortController();
  const stop = scene.emulator.admin.onCall((method) => {
    if (method === "EnvironmentService/GetEnvironment") cancellation.abort(new Error("cancelled"));
  });
  const { id } = await notReady(created(scene, environment, inputs, { signal: cancellation.signal }));
  stop();
  scene.restart();
  for (let i = 0; i < reads; i++) await read(environment, scene.operation(), id, undefined);
  return id;
}
