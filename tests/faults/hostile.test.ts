import type { RequestListener } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  CreateGroupResponseSchema,
  GetGroupResponseSchema,
  ListGroupsResponseSchema,
} from "../../proto/gen/gitpod/v1/group_pb";
import { GetAuthenticatedIdentityResponseSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import { ListSecretsResponseSchema } from "../../proto/gen/gitpod/v1/secret_pb";
import { connect } from "../../provider/client/client";
import { create as createObject } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import type { Definition } from "../../provider/model/definition";
import type { Operation } from "../../provider/model/operation";
import { group, secret } from "../../provider/resources";
import { systemClock } from "../../provider/value/clock";
import { serve, stopAll } from "../client/loopback";
import { operationOn } from "../scene";

const id = "0199a1b2-0000-7000-8000-000000000001";
const organizationId = "0199a1b2-0000-7000-8000-000000000002";
const platform = { organizationId, name: "platform" };
const seen = { organizationId, subjectId: id, ready: true };

afterEach(stopAll);

test("a list that gives the same page for ever is an error", async () => {
  const { calls, operation } = await facing({
    ListSecrets: () => message(ListSecretsResponseSchema, { pagination: { nextToken: "again" } }),
  });

  await expect(readSecret(operation)).rejects.toThrow(
    `could not read Secret ${id}: ListSecrets gave the same page twice`,
  );
  expect(calls().ListSecrets).toBe(2);
});

test("a list that never ends is an error, in bounded time and memory", async () => {
  let page = 0;
  const { calls, operation } = await facing({
    ListSecrets: () =>
      message(ListSecretsResponseSchema, {
        secrets: Array.from({ length: 100 }, () => ({ id: organizationId, name: "x".repeat(100) })),
        pagination: { nextToken: `page ${page++}` },
      }),
  });

  const { grown } = await measured(() =>
    expect(readSecret(operation)).rejects.toThrow(
      `could not read Secret ${id}: ListSecrets did not end after 1000 pages`,
    ),
  );

  expect(calls().ListSecrets).toBe(1000);
  expect(grown).toBeLessThan(300);
}, 60_000);

test("an answer about another object is an error, and nothing is taken for changed or gone", async () => {
  const { operation } = await facing({
    GetGroup: () => message(GetGroupResponseSchema, { group: { id: organizationId, ...platform } }),
  });

  await expect(readGroup(operation)).rejects.toThrow(
    `could not read Group ${id}: GetGroup of Group ${id} answered with the object ${organizationId}`,
  );
});

test("an empty answer is an error and not an object that is gone", async () => {
  const { operation } = await facing({ GetGroup: () => message(GetGroupResponseSchema, {}) });

  await expect(readGroup(operation)).rejects.toThrow(`GetGroup of Group ${id} answered with no object`);
});

test("a create whose answer names nothing is looked for, so that it is not made again", async () => {
  const { calls, operation } = await facing({
    CreateGroup: () => message(CreateGroupResponseSchema, {}),
    ListGroups: () => message(ListGroupsResponseSchema, {}),
  });

  await expect(createGroup(operation)).rejects.toThrow(
    "could not create Group: the server answered the create of Group without an id",
  );
  expect(calls()).toMatchObject({ CreateGroup: 1, ListGroups: 5 });
});

test("a create that is answered with a web page is looked for", async () => {
  const { calls, operation, host } = await facing({
    CreateGroup: () => ({ type: "text/html", body: Buffer.from("<html>") }),
    ListGroups: () => message(ListGroupsResponseSchema, {}),
  });

  await expect(createGroup(operation)).rejects.toThrow(
    `could not create Group: unsupported content type text/html. ${host} does not look like the Gitpod API (it answered with text/html)`,
  );
  expect(calls()).toMatchObject({ CreateGroup: 1, ListGroups: 5 });
});

test.each<[string, () => Answer, string]>([
  [
    "JSON where a message is due",
    () => ({ type: "application/json", body: Buffer.from("{}") }),
    "unsupported content type",
  ],
  [
    "bytes that are no message",
    () => ({ type: "application/proto", body: Buffer.from([255, 255, 255, 60]) }),
    "malformed",
  ],
  [
    "an answer that ends too early",
    () => ({ type: "application/proto", body: Buffer.from([10]), length: 1000 }),
    "was lost",
  ],
  [
    "an answer of a hundred megabytes",
    () => ({ type: "application/proto", body: Buffer.alloc(1 << 20), times: 100 }),
    "is larger than the provider accepts",
  ],
  [
    "an answer that unpacks to a quarter of a gigabyte",
    () => ({ type: "application/proto", encoding: "gzip", body: bomb }),
    "decompression failed",
  ],
])(
  "%s is a clear error, in bounded time and memory",
  async (_, answer, words) => {
    const { operation } = await facing({ GetGroup: answer });

    const { grown, seconds } = await measured(() => expect(readGroup(operation)).rejects.toThrow(words));

    expect(seconds).toBeLessThan(15);
    expect(grown).toBeLessThan(300);
  },
  30_000,
);

test("an answer that comes byte by byte ends at the deadline of its call", async () => {
  const { operation } = await facing({
    GetGroup: () => ({ type: "application/proto", body: Buffer.alloc(1), drip: 50 }),
  });

  const { seconds } = await measured(() =>
    expect(operation.client.call(group.get, { groupId: id }, { timeoutMs: 500 })).rejects.toThrow(
      "no answer within 0.5 s",
    ),
  );

  expect(seconds).toBeLessThan(2);
});

interface Answer {
  readonly type: string;
  readonly body: Buffer;
  readonly encoding?: string;
  /** The length that the headers promise. */
  readonly length?: number;
  /** How often the body comes. */
  readonly times?: number;
  /** Milliseconds between its repetitions, which do not end. */
  readonly drip?: number;
}

const bomb = gzipSync(Buffer.alloc(1 << 28));

/** A server that answers these methods in its own way, and says who calls. */
async function facing(answers: Record<string, () => Answer>) {
  const counts: Record<string, number> = {};
  const listener: RequestListener = (request, response) => {
    const method = request.url?.split("?")[0]?.split("/").at(-1) ?? "";
    counts[method] = (counts[method] ?? 0) + 1;
    const answer = (answers[method] ?? whoCalls)();
    request.resume().once("end", () => {
      response.writeHead(200, {
        "content-type": answer.type,
        ...(answer.encoding && { "content-encoding": answer.encoding }),
        ...(answer.length && { "content-length": answer.length }),
      });
      if (answer.length) return void response.write(answer.body, () => response.destroy());
      if (answer.drip) {
        const timer = setInterval(() => response.write(answer.body), answer.drip);
        return void response.once("close", () => clearInterval(timer));
      }
      Readable.from(Array.from({ length: answer.times ?? 1 }, () => answer.body)).pipe(response);
    });
  };
  const { url } = await serve(listener);
  const client = connect(
    { token: "t0ken-t0ken", baseUrl: url, tokenFrom: "GITPOD_TOKEN", hostFrom: "GITPOD_BASE_URL" },
    { env: {} },
  );
  return { operation: operationOn(client, systemClock), host: url, calls: () => counts };
}

const whoCalls = () => message(GetAuthenticatedIdentityResponseSchema, { organizationId, subject: { id } });

const message = <D extends DescMessage>(schema: D, init: MessageInitShape<D>): Answer => ({
  type: "application/proto",
  body: Buffer.from(toBinary(schema, create(schema, init))),
});

const readGroup = (operation: Operation) =>
  read(group as Definition, operation, id, { inputs: platform, outputs: platform, seen });
const createGroup = (operation: Operation) => createObject(group as Definition, operation, platform);
const readSecret = (operation: Operation) =>
  read(secret as Definition, operation, id, { inputs: { scope: { organizationId } }, outputs: {}, seen });

/** How long work took and by how many megabytes the process has grown meanwhile. */
async function measured(work: () => Promise<unknown>): Promise<{ seconds: number; grown: number }> {
  const before = { time: Date.now(), size: process.memoryUsage().rss };
  await work();
  return { seconds: (Date.now() - before.time) / 1000, grown: (process.memoryUsage().rss - before.size) / 1e6 };
}
