import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Emulator, ids, tokens } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { afterTest } from "../after-test";
import { connection } from "../faults/connection";
import { sent } from "../faults/value";
import { type Opened, openEmulator } from "../scene";

jest.setTimeout(60_000);

const script = join(root, "dist", "bin", "pulumi-resource-gitpod.js");
const urn = "urn:pulumi:test::test::gitpod:index:Environment::demo";
const subject = { urn, type: "gitpod:index:Environment", name: "demo" };
const inputs = { name: "Demo", spec: { machine: { class: ids.smallClass } } };

interface Plugin {
  child: ChildProcess;
  client: ResourceProviderClient;
  printed: () => string;
  port: number;
}

beforeAll(() => requireFresh());

test("the first line that the plugin prints is its port, and the only one", async () => {
  const { printed, client } = await start();

  const info = await new Promise<string>((resolve, reject) =>
    client.getPluginInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer.getVersion()))),
  );

  expect(info).toBe((require("../../package.json") as { version: string }).version);
  expect(printed()).toMatch(/^\d+\n$/);
});

test("the plugin ends when the engine is gone", async () => {
  const { child } = await start();

  child.stdin?.end();

  expect(await exitOf(child)).toBe(0);
});

test("a read leaves out the inputs that Pulumi has already, and returns those that somebody has changed", async () => {
  const { client, emulator } = await configured();
  const group = { urn: "urn:pulumi:test::test::gitpod:index:Group::group", type: "gitpod:index:Group", name: "group" };
  const { inputs } = await connection(client, true).check(group, {}, { name: "Reviewers", description: "Read" });
  const { id, outputs } = await connection(client, true).create(group, inputs);
  const request = new rpc.ReadRequest().setId(id).setUrn(group.urn);
  request.setProperties(sent(outputs, true)).setInputs(sent(inputs, true));
  const read = (): Promise<JsonObject | undefined> =>
    new Promise((resolve, reject) =>
      client.read(request, (error, answer) =>
        error ? reject(error) : resolve(answer.getInputs()?.toJavaScript() as JsonObject | undefined),
      ),
    );

  const untouched = await read();
  emulator.admin.patch("groups", id, { description: "Write" });
  const changed = await read();

  expect(untouched).toBeUndefined();
  expect(changed).toEqual({ ...inputs, description: "Write" });
});

test("a cancelled create answers within a second with its id, and the process then serves another run", async () => {
  const { client, host, emulator } = await configured();
  const provider = connection(client, true);
  const created = provider.create(subject, inputs);
  await reads(emulator);
  const began = Date.now();
  await new Promise<void>((resolve) => client.cancel(new Empty(), () => resolve()));
  const kept = await created;
  const took = Date.now() - began;
  await configure(client, { host, token: tokens.owner });
  emulator.settle();
  const resumed = await provider.update(subject, kept.id, { inputs, outputs: kept.outputs }, inputs);

  expect(took).toBeLessThan(1000);
  expect(kept).toEqual({
    id: (emulator.admin.objects("environments") as { id: string }[])[0]?.id,
    outputs: expect.objectContaining({ __state: expect.stringContaining(`{"inputs":${JSON.stringify(inputs)},`) }),
    initErrors: [expect.stringMatching(/the run was cancelled; the next pulumi up continues from here/)],
  });
  expect(resumed).toMatchObject({ id: kept.id, initErrors: [] });
});

test.each(["SIGINT", "SIGTERM"] as const)("on %s the plugin answers what it knows before it ends", async (signal) => {
  const { client, child, emulator } = await configured();
  const created = connection(client, true).create(subject, inputs);
  await reads(emulator);

  child.kill(signal);
  const kept = await created;

  expect(kept.id).toBe((emulator.admin.objects("environments") as { id: string }[])[0]?.id);
  expect(kept.initErrors).toHaveLength(1);
  expect(await exitOf(child)).toBe(0);
});

test("the plugin ends at once although somebody keeps a connection open", async () => {
  const { child, port } = await start();
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  afterTest(() => void socket.destroy());
  await once(socket, "connect");
  const began = Date.now();

  child.kill("SIGINT");

  expect(await exitOf(child)).toBe(0);
  expect(Date.now() - began).toBeLessThan(2000);
});

async function start(): Promise<Plugin> {
  const child = spawn(process.execPath, [script, "127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
  afterTest(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  let printed = "";
  await new Promise<void>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (printed.includes("\n")) resolve();
    });
  });
  const port = Number.parseInt(printed, 10);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  afterTest(() => client.close());
  return { child, client, printed: () => printed, port };
}

async function configured(): Promise<Plugin & Opened> {
  const opened = await openEmulator();
  afterTest(opened.close);
  const plugin = await start();
  await configure(plugin.client, { host: opened.host, token: tokens.owner });
  return { ...plugin, ...opened };
}

function configure(client: ResourceProviderClient, args: JsonObject): Promise<void> {
  const request = new rpc.ConfigureRequest();
  request.setArgs(sent(args, true));
  return new Promise((resolve, reject) => client.configure(request, (error) => (error ? reject(error) : resolve())));
}

/** Resolves when the environment has been made and is waited for. */
const reads = ({ admin }: Emulator): Promise<void> =>
  new Promise((resolve) => {
    admin.onCall((method) => {
      if (method === "EnvironmentService/GetEnvironment") resolve();
    });
  });

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}
