import { Code, ConnectError, createRouterTransport, type HandlerContext } from "@connectrpc/connect";
import { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { SecretService } from "../../proto/gen/gitpod/v1/secret_pb";
import { connect, createClient } from "../../provider/client/client";
import { interceptors } from "../../provider/client/interceptors";
import { about } from "../../provider/client/watch";
import { serve, stopAll } from "./loopback";

const token = "canary-token-4711";
const secret = "canary-secret-0815";
const urn = "urn:pulumi:dev::shop::my:Component$gitpod:index:Group::platform::team";
const { getGroup, createGroup } = GroupService.method;
const { watchEvents } = EventService.method;

afterEach(stopAll);

/** A client of these answers, and the lines about its calls with the resource that each is said of. */
function watched(...answers: ((context: HandlerContext) => Record<string, never>)[]) {
  const told: [string, string | undefined][] = [];
  const answer = (_: unknown, context: HandlerContext) => answers.shift()?.(context) ?? {};
  const transport = createRouterTransport(
    ({ service }) => {
      service(GroupService, { getGroup: answer, createGroup: answer });
      service(SecretService, { createSecret: answer, getSecretValue: () => ({ value: secret }) });
      service(EventService, {
        async *watchEvents(_, context) {
          yield { resourceId: "one" };
          yield { resourceId: "two" };
          answer(_, context);
        },
      });
    },
    { transport: { interceptors: interceptors(token, undefined, (line, of) => told.push([untimed(line), of])) } },
  );
  return { client: createClient(transport, { host: "https://api.test/api", secrets: [token] }), told };
}

/** A line without what differs from run to run. */
const untimed = (line: string): string => line.replace(/ \d+ ms /, " N ms ");

/** Answers with a request id. */
const named =
  (id: string) =>
  ({ responseHeader }: HandlerContext): Record<string, never> => {
    responseHeader.set("x-request-id", id);
    return {};
  };

/** Refuses with a request id. */
const refusing = (code: Code, id: string) => (): never => {
  throw new ConnectError(`no ${secret}`, code, { "x-request-id": id });
};

test("a call is told with its duration, its code, its attempt, its request id, and its resource", async () => {
  const { client, told } = watched(named("r1"), refusing(Code.NotFound, "r2"));

  await about.run(urn, () => client.call(getGroup, { groupId: "1" }));
  const refused = client.call(createGroup, { name: "platform" });

  await expect(refused).rejects.toMatchObject({ code: Code.NotFound });
  expect(told).toEqual([
    ["GroupService/GetGroup · N ms · ok · attempt 1 of 5 · request id r1 · Group platform::team", urn],
    ["GroupService/CreateGroup · N ms · not_found · attempt 1 of 5 · request id r2", undefined],
  ]);
});

test("each attempt of a call has its own line", async () => {
  const { client, told } = watched(refusing(Code.Unavailable, "r1"), named("r2"));

  await client.call(getGroup, { groupId: "1" });
  await client.call(getGroup, { groupId: "1" });

  expect(told.map(([line]) => line)).toEqual([
    "GroupService/GetGroup · N ms · unavailable · attempt 1 of 5 · request id r1",
    "GroupService/GetGroup · N ms · ok · attempt 2 of 5 · request id r2",
    "GroupService/GetGroup · N ms · ok · attempt 1 of 5",
  ]);
});

test("a call that has no answer in time is told with its deadline", async () => {
  const { url } = await serve(() => {});
  const told: string[] = [];
  const tell = (line: string): unknown => told.push(untimed(line));
  const client = connect({ token, baseUrl: url }, { env: {}, tell });

  await expect(client.call(createGroup, { name: "slow" }, { timeoutMs: 20 })).rejects.toThrow();

  expect(told).toEqual(["GroupService/CreateGroup · N ms · deadline_exceeded · attempt 1 of 5"]);
});

test("a stream is told when it is open, and how it has ended", async () => {
  const { client, told } = watched(named("r1"), refusing(Code.Unavailable, "r2"), named("r3"));
  const read = async (isEnough: (id: string) => boolean): Promise<void> => {
    for await (const { resourceId } of client.stream(watchEvents, { organization: true })) {
      if (isEnough(resourceId)) return;
    }
  };

  await about.run(urn, () => read(() => false));
  await expect(read(() => false)).rejects.toMatchObject({ code: Code.Unavailable });
  await read((id) => id === "one");

  expect(told).toEqual([
    ["EventService/WatchEvents · N ms · open · Group platform::team", urn],
    ["EventService/WatchEvents · N ms · ok · Group platform::team", urn],
    ["EventService/WatchEvents · N ms · open", undefined],
    ["EventService/WatchEvents · N ms · unavailable", undefined],
    ["EventService/WatchEvents · N ms · open", undefined],
    ["EventService/WatchEvents · N ms · canceled", undefined],
  ]);
});

test("a line holds neither tokens nor secrets, also where a server answers with what it was sent", async () => {
  const { client, told } = watched(named(token), refusing(Code.InvalidArgument, token), named("canary-other-1"));
  const { createSecret, getSecretValue } = SecretService.method;

  await client.call(createSecret, { name: "KEY", value: secret });
  await expect(client.call(createSecret, { name: "KEY", value: secret })).rejects.toThrow();
  await client.as("canary-other-1").call(createSecret, { name: "KEY", value: secret });
  await client.call(getSecretValue, { secretId: "1" });

  expect(told.map(([line]) => line)).toEqual([
    "SecretService/CreateSecret · N ms · ok · attempt 1 of 5 · request id [secret]",
    "SecretService/CreateSecret · N ms · invalid_argument · attempt 1 of 5 · request id [secret]",
    "SecretService/CreateSecret · N ms · ok · attempt 1 of 5 · request id [secret]",
    "SecretService/GetSecretValue · N ms · ok · attempt 1 of 5",
  ]);
});

test.each([
  ["1", ["GroupService/CreateGroup · N ms · ok · attempt 1 of 5\n"]],
  ["", []],
])("with PULUMI_GITPOD_DEBUG=%j standard error gets these lines", async (PULUMI_GITPOD_DEBUG, lines) => {
  const { url } = await serve((_, response) => response.writeHead(200, { "Content-Type": "application/proto" }).end());
  const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const client = connect({ token, baseUrl: url }, { env: { PULUMI_GITPOD_DEBUG } });

  await client.call(createGroup, { name: "platform" });
  const said = written.mock.calls.map(([line]) => untimed(String(line)));
  written.mockRestore();

  expect(said).toEqual(lines);
});
