import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { apis } from "../../provider/client/api";
import { type Client, createClient } from "../../provider/client/client";
import { interceptors } from "../../provider/client/interceptors";

const id = "0199a1b2-0000-7000-8000-000000000001";
const other = "0199a1b2-0000-7000-8000-000000000002";
const { getGroup, createGroup, deleteGroup } = GroupService.method;

/** A server whose first answers are these errors, of an API that tells no delay with a limit. */
function serverThatPauses(
  limitPauses: readonly number[],
  ...errors: ConnectError[]
): { client: Client; calls: () => number } {
  let calls = 0;
  const answer = (): Record<string, never> => {
    const error = errors[calls++];
    if (error) throw error;
    return {};
  };
  const transport = createRouterTransport(
    ({ service }) => service(GroupService, { getGroup: answer, createGroup: answer, deleteGroup: answer }),
    { transport: { interceptors: interceptors("token", { ...apis.index, limitPauses }) } },
  );
  return { client: createClient(transport, { host: "https://api.test/api" }), calls: () => calls };
}

/** A server whose first answers are these errors. */
const serverWith = (...errors: ConnectError[]) => serverThatPauses([], ...errors);

const unavailable = (): ConnectError => new ConnectError("try later", Code.Unavailable);
const limited = (headers: Record<string, string>, seconds?: bigint, nanos = 0): ConnectError => {
  const info =
    seconds === undefined
      ? []
      : [{ desc: RetryInfoSchema, value: create(RetryInfoSchema, { retryDelay: { seconds, nanos } }) }];
  return new ConnectError("slow down", Code.ResourceExhausted, headers, info);
};

test("a read is made again while the server is unavailable", async () => {
  const { client, calls } = serverWith(unavailable(), unavailable());

  await client.call(getGroup, { id });

  expect(calls()).toBe(3);
});

test("a read is given up after five attempts, with the server's last words", async () => {
  const { client, calls } = serverWith(...Array.from({ length: 9 }, unavailable));

  await expect(client.call(getGroup, { id })).rejects.toThrow("try later");
  expect(calls()).toBe(5);
});

test("a create is never made again when its answer may have been lost", async () => {
  const { client, calls } = serverWith(unavailable());

  await expect(client.call(createGroup, { organizationId: id, name: "platform" })).rejects.toThrow("try later");
  expect(calls()).toBe(1);
});

test("a call that may be repeated is", async () => {
  const { client, calls } = serverWith(unavailable());

  await client.call(deleteGroup, { groupId: id }, { repeatable: true });

  expect(calls()).toBe(2);
});

test.each([
  ["permission denied", new ConnectError("no", Code.PermissionDenied)],
  ["not found", new ConnectError("no", Code.NotFound)],
  ["an internal error", new ConnectError("no", Code.Internal)],
  ["an unknown error", new ConnectError("no", Code.Unknown)],
])("%s is not tried again", async (_, error) => {
  const { client, calls } = serverWith(error);

  await expect(client.call(getGroup, { id })).rejects.toThrow("no");
  expect(calls()).toBe(1);
});

test.each([
  ["a RetryInfo", limited({}, 1n)],
  ["the header RateLimit-RetryAfter", limited({ "RateLimit-RetryAfter": "1" })],
  ["the header Retry-After", limited({ "Retry-After": "1" })],
])("every call waits as long as %s says when the rate is limited", async (_, error) => {
  const { client, calls } = serverWith(error);
  const began = Date.now();

  await client.call(createGroup, { organizationId: id, name: "platform" });

  expect(calls()).toBe(2);
  expect(Date.now() - began).toBeGreaterThanOrEqual(990);
});

test("a call that was refused is made again before one that came while all wait", async () => {
  const asked: string[] = [];
  const transport = createRouterTransport(
    ({ service }) =>
      service(GroupService, {
        getGroup({ groupId }) {
          asked.push(groupId);
          if (asked.length === 1) throw limited({}, 0n, 50_000_000);
          return {};
        },
      }),
    { transport: { interceptors: interceptors("token") } },
  );
  const client = createClient(transport, { host: "https://api.test/api" });

  const first = client.call(getGroup, { groupId: id });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all([client.call(getGroup, { groupId: other }), first]);

  expect(asked).toEqual([id, id, other]);
});

test.each([
  ["without any delay", limited({})],
  ["with a RetryInfo of no delay, whatever the headers say", limited({ "Retry-After": "1" }, 0n)],
  ["with a delay of zero", limited({ "Retry-After": "0" })],
])("a limit %s is a quota, which is not tried again", async (_, error) => {
  const { client, calls } = serverWith(error);

  await expect(client.call(getGroup, { id })).rejects.toThrow("slow down");
  expect(calls()).toBe(1);
});

test("where the API tells no delay with a limit, every call is made again after each of its pauses, and no more", async () => {
  const { client, calls } = serverThatPauses([200, 300], ...Array.from({ length: 9 }, () => limited({})));
  const began = Date.now();

  await expect(client.call(createGroup, { organizationId: id, name: "platform" })).rejects.toThrow("slow down");
  expect(calls()).toBe(3);
  expect(Date.now() - began).toBeGreaterThanOrEqual(490);
});

test("calls are held back that would be more than the API takes in a time", async () => {
  const rates = [{ calls: 1, within: 300, each: 1 }];
  const transport = createRouterTransport(({ service }) => service(GroupService, { getGroup: () => ({}) }), {
    transport: { interceptors: interceptors("token", { ...apis.index, rates }) },
  });
  const client = createClient(transport, { host: "https://api.test/api" });
  const began = Date.now();

  await Promise.all([client.call(getGroup, { id }), client.call(getGroup, { id })]);

  expect(Date.now() - began).toBeGreaterThanOrEqual(290);
});

test("a limit of Gitpod Classic is waited out for 10 s, 20 s and 30 s, with at most 8 calls at once; one of the other API is not", () => {
  const { index, experimental } = apis;

  expect([index, experimental].map(({ limitPauses, atOnce }) => [limitPauses, atOnce])).toEqual([
    [[], 32],
    [[10_000, 20_000, 30_000], 8],
  ]);
});

test("a cancelled call is not tried again", async () => {
  const { client, calls } = serverWith(unavailable(), unavailable());
  const cancel = new AbortController();

  const call = client.call(getGroup, { id }, { signal: cancel.signal });
  await new Promise((resolve) => setImmediate(resolve));
  cancel.abort();

  await expect(call).rejects.toThrow();
  expect(calls()).toBeLessThan(2);
});
