import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { connect } from "../../provider/client/client";
import { proxyFor } from "../../provider/client/proxy";
import { certificate } from "./certificate";
import { serve, stopAll } from "./loopback";

const { createGroup } = GroupService.method;
const host = "https://api.gitpod.test/api";
const account = { token: "t0ken", baseUrl: host, tokenFrom: "gitpod:token" };

afterEach(stopAll);

/** A proxy that opens tunnels, whatever their host, to a port of this machine, for whoever knows the password. */
async function tunnelTo(port: number) {
  const asked: (string | undefined)[] = [];
  const { server, port: own } = await serve((_, response) => response.writeHead(500).end());
  server.on("connect", ({ url, headers }, socket) => {
    asked.push(url);
    if (headers["proxy-authorization"] !== `Basic ${btoa("ci:pass word")}`) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Type: text/html\r\n\r\n<h1>Who are you?</h1>");
      return;
    }
    const target = connectSocket(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    for (const end of [socket, target]) end.on("error", () => [socket, target].map((one) => one.destroy()));
  });
  return { asked, own };
}

test("calls pass a proxy and trust NODE_EXTRA_CA_CERTS, and kept connections do not keep the process", async () => {
  const routes = connectNodeAdapter({
    requestPathPrefix: "/api",
    routes: ({ rpc }) => rpc(createGroup, ({ name }) => ({ group: { id: "1", name } })),
  });
  const { server } = await serve(routes, "https");
  const { asked, own } = await tunnelTo((server.address() as AddressInfo).port);
  const extra = join(mkdtempSync(join(tmpdir(), "certificate-")), "extra.pem");
  writeFileSync(extra, certificate.cert);
  const program = `
    const { connect } = require("./provider/client/client");
    const { GroupService } = require("./proto/gen/gitpod/v1/group_pb");
    const client = connect(${JSON.stringify(account)});
    const create = async (name) => (await client.call(GroupService.method.createGroup, { name })).group.name;
    (async () => console.log(await create("one"), await create("two")))();`;
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: extra,
    https_proxy: `http://ci:pass%20word@127.0.0.1:${own}`,
    no_proxy: "",
  };
  const args = ["-r", "ts-node/register/transpile-only", "-e", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: join(__dirname, "../..") });
  expect([stdout, asked]).toEqual(["one two\n", ["api.gitpod.test:443"]]);
});

test("a proxy that refuses is named without its password, and the call does not hang", async () => {
  const { own } = await tunnelTo(1);
  const client = connect(account, { env: { HTTPS_PROXY: `http://ci:wrong-pass@127.0.0.1:${own}` } });
  const error = await client.call(createGroup, { name: "platform" }).catch((thrown: unknown) => thrown);
  expect(client.explain("create group platform", error).message).toBe(
    `create group platform: the proxy http://127.0.0.1:${own} refused to connect to ${host} with HTTP 407 Proxy Authentication Required. Check HTTPS_PROXY with its user and password, or add the host to NO_PROXY.`,
  );
});

test("a proxy that is not there is named beside the host", async () => {
  const client = connect(account, { env: { HTTPS_PROXY: "127.0.0.1:1" } });
  const error = await client.call(createGroup, { name: "platform" }).catch((thrown: unknown) => thrown);
  expect(client.explain("create group platform", error).message).toBe(
    `create group platform: ${host} cannot be reached through the proxy http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1. Check gitpod:host and the network, and HTTPS_PROXY.`,
  );
});

test.each<[string, Record<string, string>, string | undefined]>([
  [host, {}, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example:3128" }, "http://proxy.example:3128/"],
  [host, { https_proxy: "proxy.example:3128" }, "http://proxy.example:3128/"],
  [host, { all_proxy: "http://proxy.example" }, "http://proxy.example/"],
  [host, { HTTP_PROXY: "http://proxy.example" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "other.test, *.else.test" }, "http://proxy.example/"],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "api.gitpod.test" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "x,gitpod.TEST" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", no_proxy: ".gitpod.test" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", no_proxy: "*.gitpod.test" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "pod.test" }, "http://proxy.example/"],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "api.gitpod.test:8443" }, "http://proxy.example/"],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "api.gitpod.test:443" }, undefined],
  [host, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: "*" }, undefined],
  ["http://localhost:8080/api", { HTTPS_PROXY: "http://proxy.example", ALL_PROXY: "http://proxy.example" }, undefined],
  ["https://127.0.0.1:8443/api", { HTTPS_PROXY: "http://proxy.example" }, undefined],
])("the proxy for %s with %j is %s", (url, env, proxy) => {
  expect(proxyFor(url, env)?.href).toBe(proxy);
});

test.each(["socks5://proxy.example:1080", "http://:pass", "http://ci:50%@proxy.example", "::"])(
  "a proxy that cannot be used is refused unprinted: %s",
  (proxy) => {
    expect(() => proxyFor(host, { HTTPS_PROXY: proxy })).toThrow(
      new Error("HTTPS_PROXY is not a proxy that can be used: set it to an address such as http://proxy.example:3128."),
    );
  },
);
