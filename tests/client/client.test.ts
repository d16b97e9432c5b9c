import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter, createRouterTransport } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import { CreateGroupRequestSchema, GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { type CallOptions, connect, createClient } from "../../provider/client/client";
import { interceptors } from "../../provider/client/interceptors";
import { serve, stopAll } from "./loopback";

const { createGroup } = GroupService.method;
const { watchEvents } = EventService.method;
const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));

const never = new Promise<never>(() => {});

afterEach(stopAll);

/** A client of whatever the listener answers. */
async function clientOf(listener: RequestListener) {
  const { url } = await serve(listener);
  return connect({ token: "t0ken", baseUrl: `${url}/api`, tokenFrom: "gitpod:token" }, { env: {} });
}

/** The API on loopback, with a client of it, and what its server saw. */
async function api(routes: (router: ConnectRouter) => void) {
  const seen: { url?: string | undefined; headers: Record<string, unknown> }[] = [];
  const adapter = connectNodeAdapter({ routes, requestPathPrefix: "/api" });
  const { server, url } = await serve((request, response) => {
    const { "content-type": type, "user-agent": agent, authorization, "connect-timeout-ms": timeout } = request.headers;
    seen.push({ url: request.url, headers: { type, agent, authorization, timeout } });
    adapter(request, response);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  const client = connect({ token: "t0ken", baseUrl: `${url}/api`, tokenFrom: "gitpod:token" }, { env: {} });
  return { client, seen, connections: () => connections };
}

test("a call carries the token, the product and its version, and a deadline of 60 s, in binary", async () => {
  const { client, seen } = await api(({ rpc }) => {
    rpc(createGroup, ({ name }) => ({ group: { id: "1", name } }));
  });
  const answer = await client.call(createGroup, { name: "platform" });
  expect(answer.group?.name).toBe("platform");
  expect(seen).toEqual([
    {
      url: "/api/gitpod.v1.GroupService/CreateGroup",
      headers: {
        type: "application/proto",
        agent: `pulumi-gitpod/${version}`,
        authorization: "Bearer t0ken",
        timeout: "60000",
      },
    },
  ]);
});

test("a request is proto-JSON or a message", async () => {
  const { client } = await api(({ rpc }) => {
    rpc(createGroup, ({ name }) => ({ group: { id: "1", name } }));
  });
  const answer = await client.call(createGroup, create(CreateGroupRequestSchema, { name: "platform" }));
  expect(answer.group?.name).toBe("platform");
});

test("a request that does not fit its message is never sent", async () => {
  const { client, seen } = await api(() => {});
  await expect(client.call(createGroup, { nome: "platform" })).rejects.toThrow(/nome/);
  expect(seen).toEqual([]);
});

test("calls one after the other share a connection", async () => {
  const { client, connections } = await api(({ rpc }) => {
    rpc(createGroup, () => ({}));
  });
  await client.call(createGroup, { name: "one" });
  await client.call(createGroup, { name: "two" });
  expect(connections()).toBe(1);
});

test.each<[string, () => CallOptions, Code]>([
  ["the call's own deadline", () => ({ timeoutMs: 20 }), Code.DeadlineExceeded],
  ["its signal", () => ({ signal: AbortSignal.timeout(20) }), Code.Canceled],
])("a call without an answer ends with %s", async (_, options, code) => {
  const client = await clientOf(() => {});
  await expect(client.call(createGroup, { name: "slow" }, options())).rejects.toMatchObject({ code });
});

test("a transport in memory keeps the deadline when it takes the same interceptors", async () => {
  const transport = createRouterTransport(
    ({ rpc }) => {
      rpc(createGroup, () => never);
    },
    { transport: { interceptors: interceptors("t0ken") } },
  );
  const client = createClient(transport, { host: "https://app.gitpod.io/api" });
  const call = client.call(createGroup, { name: "slow" }, { timeoutMs: 20 });
  await expect(call).rejects.toMatchObject({ code: Code.DeadlineExceeded });
});

test("an answer that drips ends with the deadline", async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { "Content-Type": "application/proto" });
    response.write("\n");
  });
  await expect(client.call(createGroup, { name: "slow" }, { timeoutMs: 50 })).rejects.toMatchObject({
    code: Code.DeadlineExceeded,
  });
});

test("an answer over 32 MiB is refused before it is read", async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { "Content-Type": "application/proto", "Content-Length": 33 * 1024 * 1024 });
    response.write("\n");
  });
  const error = await client.call(createGroup, { name: "huge" }).catch((thrown: unknown) => thrown);
  expect(client.explain("create group huge", error).message).toMatch(/is larger than the provider accepts\.$/);
});

test("a stream has no deadline, and gives its messages in order until its end", async () => {
  const { client, seen } = await api(({ rpc }) => {
    rpc(watchEvents, async function* () {
      yield { resourceId: "one" };
      yield { resourceId: "two" };
    });
  });
  const ids: string[] = [];
  for await (const { resourceId } of client.stream(watchEvents, { organization: true })) ids.push(resourceId);
  expect(ids).toEqual(["one", "two"]);
  expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer t0ken", timeout: undefined });
});

test("a stream is closed on the server when its reader stops", async () => {
  let close = (_: Event) => {};
  const closed = new Promise<Event>((resolve) => {
    close = resolve;
  });
  const { client } = await api(({ rpc }) => {
    rpc(watchEvents, async function* (_, { signal }) {
      signal.addEventListener("abort", close);
      yield { resourceId: "one" };
      await never;
    });
  });
  for await (const _ of client.stream(watchEvents, { organization: true })) break;
  expect((await closed).type).toBe("abort");
});

test("a stream ends with its signal", async () => {
  const { client } = await api(({ rpc }) => {
    rpc(watchEvents, async function* () {
      yield { resourceId: "one" };
      await never;
    });
  });
  const stop = new AbortController();
  const stream = client.stream(watchEvents, { organization: true }, { signal: stop.signal });
  await stream.next();
  const next = stream.next();
  stop.abort();
  await expect(next).rejects.toMatchObject({ code: Code.Canceled });
});

test("open streams leave the calls their connections", async () => {
  const { client } = await api(({ rpc }) => {
    rpc(createGroup, () => ({ group: { id: "1" } }));
    rpc(watchEvents, async function* () {
      yield {};
      await never;
    });
  });
  const streams = Array.from({ length: 40 }, () => client.stream(watchEvents, { organization: true }));
  await Promise.all(streams.map((stream) => stream.next()));
  const answer = await client.call(createGroup, { name: "platform" }, { timeoutMs: 2000 });
  expect(answer.group?.id).toBe("1");
  await Promise.all(streams.map((stream) => stream.return()));
});

test("an error of the server keeps its code and words", async () => {
  const { client } = await api(({ rpc }) => {
    rpc(createGroup, () => {
      throw new ConnectError("name is taken", Code.AlreadyExists);
    });
  });
  await expect(client.call(createGroup, { name: "platform" })).rejects.toMatchObject({
    code: Code.AlreadyExists,
    rawMessage: "name is taken",
  });
});
