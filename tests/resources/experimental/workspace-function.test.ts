import { classicIds, classicTokens, createEmulator } from "../../../emulator";
import { WorkspacesService } from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { apis } from "../../../provider/client/api";
import { createClient } from "../../../provider/client/client";
import { call } from "../../../provider/functions/call";
import type { JsonObject } from "../../../provider/value/json";

const workspaces = WorkspacesService.method;
const port = { port: "8080", policy: "PORT_POLICY_PUBLIC" };
const closing: (() => Promise<void>)[] = [];

afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

test("a list that has all that the API names warns, and a shorter one does not", async () => {
  const { ask, start } = await openClassic();
  for (let i = 0; i < 99; i++) await start();

  const shorter = await ask("listWorkspaces", { organizationId: classicIds.team });
  await start();
  const full = await ask("listWorkspaces");

  expect([shorter, full].map(({ answer }) => (Array.isArray(answer) ? answer.length : answer))).toEqual([99, 100]);
  expect([shorter.warnings, full.warnings]).toEqual([
    [],
    ["listWorkspaces: the API names no more than these 100, so that there may be others"],
  ]);
});

test("a deleted workspace is told as well", async () => {
  const { ask, client, emulator, start } = await openClassic();
  const workspaceId = await start();
  await client.call(workspaces.deleteWorkspace, { workspaceId });
  emulator.settle();

  const { answer } = await ask("getWorkspace", { workspaceId }, true);

  expect(answer).toMatchObject({ workspaceId, status: { instance: { status: { phase: "PHASE_STOPPED" } } } });
});

test("the token of an owner is secret, and no preview asks for it", async () => {
  const { ask, emulator, start } = await openClassic();
  const workspaceId = await start();

  const planned = await ask("ownerToken", { workspaceId }, true);
  const before = emulator.calls()["WorkspacesService/GetOwnerToken"];
  const told = await ask("ownerToken", { workspaceId });

  expect([planned.answer, before]).toEqual([undefined, undefined]);
  expect(told).toMatchObject({ answer: { token: expect.stringMatching(/./) }, isSecret: true });
});

test("a port is opened by an update and not by a preview", async () => {
  const { ask, start } = await openClassic();
  const workspaceId = await start();
  const open = async () => (await ask("getWorkspace", { workspaceId })).answer;

  await ask("updatePort", { workspaceId, port }, true);
  const before = await open();
  await ask("updatePort", { workspaceId, port });

  expect(before).toMatchObject({ status: { instance: { status: { ports: [] } } } });
  expect(await open()).toMatchObject({ status: { instance: { status: { ports: [port] } } } });
});

test("classes and the default image are read in a preview, too", async () => {
  const { ask, start } = await openClassic();
  const workspaceId = await start();

  const classes = await ask("listWorkspaceClasses", {}, true);
  const image = await ask("getDefaultWorkspaceImage", { workspaceId }, true);

  expect(classes.answer).toContainEqual(expect.objectContaining({ id: "g1-standard", isDefault: true }));
  expect(image.answer).toEqual({ image: expect.stringMatching(/./), source: "IMAGE_SOURCE_ORGANIZATION" });
});

/** An emulator over HTTP, workspaces on it that run, and the functions. */
async function openClassic() {
  const emulator = createEmulator();
  closing.push(() => emulator.close());
  const { url: classicHost } = await emulator.listen();
  const account = { classicHost, classicToken: classicTokens.owner };
  const transport = emulator.transport(classicTokens.owner);
  const client = createClient(transport, { host: "https://emulator.test", api: apis.experimental });
  return {
    emulator,
    client,
    ask: (name: string, args: JsonObject = {}, isPreview = false) =>
      call(`experimental:${name}`, args, account, isPreview),
    start: async () => {
      const contextUrl = "https://github.com/example/website";
      const request = { contextUrl, organizationId: classicIds.team, startSpec: {} };
      const { workspaceId } = await client.call(workspaces.createAndStartWorkspace, request);
      emulator.settle();
      return workspaceId;
    },
  };
}
