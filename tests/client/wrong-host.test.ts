import type { RequestListener } from "node:http";
import { createServer } from "node:net";
import { Code } from "@connectrpc/connect";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { connect } from "../../provider/client/client";
import { serve, stopAll } from "./loopback";

afterEach(stopAll);

/** What the user reads when a call to this base URL fails. */
async function failure(baseUrl: string, options = {}) {
  const account = { token: "t0ken-t0ken", baseUrl, tokenFrom: "GITPOD_TOKEN", hostFrom: "GITPOD_BASE_URL" };
  const client = connect(account, { env: {} });
  const error = await client
    .call(GroupService.method.createGroup, { name: "platform" }, options)
    .catch((thrown: unknown) => thrown);
  const { message, code } = client.explain("create group platform", error);
  return { code, words: message.replace(/^create group platform: /, "").replaceAll(baseUrl, "<host>") };
}

function answer(status: number, headers: Record<string, string>, body: string): RequestListener {
  return (_, response) => response.writeHead(status, headers).end(body);
}

const html = { "Content-Type": "text/html; charset=utf-8" };
const json = { "Content-Type": "application/json" };
const token =
  "The token in GITPOD_TOKEN is not valid at <host>: it is wrong, expired, revoked or belongs to another host; set GITPOD_TOKEN to a valid token, or GITPOD_BASE_URL to the token's host.";
const strange = (type: string) =>
  `<host> does not look like the Gitpod API (it answered with ${type}): check GITPOD_BASE_URL, and what lies in between, such as a firewall or a sign-in page.`;

test.each<[string, RequestListener, Code, string]>([
  [
    "a web page",
    answer(200, html, "<html>"),
    Code.Unknown,
    `unsupported content type text/html; charset=utf-8. ${strange("text/html")}`,
  ],
  ["a page that is not found", answer(404, html, "<html>"), Code.Unimplemented, `HTTP 404. ${strange("text/html")}`],
  ["a firewall's page", answer(403, html, "<html>"), Code.PermissionDenied, `HTTP 403. ${strange("text/html")}`],
  [
    "JSON of something else",
    answer(200, json, "{}"),
    Code.Internal,
    `unsupported content type application/json. ${strange("application/json")}`,
  ],
  [
    "JSON that knows no such path",
    answer(404, json, '{"message":"Not Found"}'),
    Code.Unimplemented,
    "Not Found. <host> does not know this call: check that GITPOD_BASE_URL names the Gitpod API, in a version that has it.",
  ],
  [
    "a redirect, which is not followed, so that the token stays",
    answer(308, { Location: "https://app.ona.com/api/x?y" }, ""),
    Code.Unknown,
    "HTTP 308. <host> redirects to https://app.ona.com: if that is the Gitpod API you mean, set GITPOD_BASE_URL to it.",
  ],
  ["a gateway's 401", answer(401, { "Content-Type": "text/plain" }, "no"), Code.Unauthenticated, `HTTP 401. ${token}`],
  [
    "the API's 401",
    answer(
      401,
      { ...json, "X-Request-Id": "req-1" },
      '{"code":"unauthenticated","message":"invalid token t0ken-t0ken"}',
    ),
    Code.Unauthenticated,
    `invalid token [secret]. ${token} (request id req-1)`,
  ],
  [
    "a gateway without a backend",
    answer(502, html, "<html>"),
    Code.Unavailable,
    "HTTP 502. <host> is unavailable: run it again later.",
  ],
  [
    "a message that is none",
    answer(200, { "Content-Type": "application/proto" }, "\u0001\u0002\u0003"),
    Code.Internal,
    "The answer of <host> is cut off or malformed: run it again.",
  ],
  [
    "an answer that is cut off",
    (request, response) => {
      response.writeHead(200, { "Content-Type": "application/proto", "Content-Length": 100 });
      response.write("\n", () => request.socket.destroy());
    },
    Code.Unavailable,
    "the connection to <host> was lost: aborted. The server may have done what was asked: run it again, and it continues from what is there.",
  ],
  [
    "a connection that is closed",
    (request) => request.socket.destroy(),
    Code.Unavailable,
    "the connection to <host> was lost: socket hang up. The server may have done what was asked: run it again, and it continues from what is there.",
  ],
])("the error says what to do about %s", async (_, listener, code, words) => {
  const { url } = await serve(listener);
  const told = await failure(`${url}/api`);
  expect(told).toEqual({ code, words: expect.stringContaining(words) });
});

test("the error names the host that was too slow", async () => {
  const { url } = await serve(() => {});
  expect(await failure(`${url}/api`, { timeoutMs: 20 })).toEqual({
    code: Code.DeadlineExceeded,
    words:
      "no answer within 0.02 s. <host> did not answer in time, but may have done what was asked: run it again, and it continues from what is there.",
  });
});

test("the error names the host that refuses connections", async () => {
  const { port, server } = await serve(() => {});
  await new Promise((closed) => server.close(closed));
  const told = await failure(`http://localhost:${port}/api`);
  expect(told.code).toBe(Code.Unavailable);
  expect(told.words).toMatch(
    /^<host> cannot be reached: connect ECONNREFUSED .+\. Check GITPOD_BASE_URL and the network\.$/,
  );
});

test("the error names the host that has no address", async () => {
  const told = await failure("https://gitpod.invalid/api");
  expect(told.code).toBe(Code.Unavailable);
  expect(told.words).toMatch(
    /^<host> cannot be reached: getaddrinfo E\w+ gitpod.invalid\. Check GITPOD_BASE_URL and the network\.$/,
  );
});

test("the error names the setting for a certificate that is not trusted", async () => {
  const { url } = await serve(() => {}, "https");
  const told = await failure(`${url}/api`);
  expect(told.code).toBe(Code.Unavailable);
  expect(told.words).toMatch(
    /^the certificate of <host> is not trusted: self-signed certificate.*\. If your organization has its own certificate authority, set NODE_EXTRA_CA_CERTS to the file with its certificate; otherwise check GITPOD_BASE_URL\.$/,
  );
});

test("the error tells https from http", async () => {
  const { port } = await serve(() => {});
  const told = await failure(`https://localhost:${port}/api`);
  expect(told.words).toMatch(/^<host> does not speak TLS: .+ Check the scheme and the port in GITPOD_BASE_URL\.$/);
});

test("the error tells a server that speaks no HTTP", async () => {
  const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
  );
  const told = await failure(`http://127.0.0.1:${port}/api`);
  server.close();
  expect(told.words).toMatch(/^<host> does not speak HTTP: .+ Check the scheme and the port in GITPOD_BASE_URL\.$/);
});
