import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "../../provider/client/client";
import { service, taskExecution } from "../../provider/resources";
import { quiet } from "../timeline";
import {
  addTask,
  createScene,
  creating,
  type Ending,
  firstId,
  leftovers,
  moveUntil,
  nothing,
  runningEnvironment,
  type Scene,
  web,
} from "./scene";

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    }),
  );
});

interface Logs {
  readonly url: string;
  readonly requests: IncomingMessage[];
  readonly server: Server;
}

/** Serves a log on this machine. */
async function serveLog(answer: (response: ServerResponse, attempt: number) => void): Promise<Logs> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    answer(response, requests.push(request));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`, requests, server };
}

/** Creates a service that fails and whose log is at a URL, and returns how that ended. */
async function failingService(url: string, { secrets = [] as string[], host = "http://127.0.0.1:1/api" } = {}) {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const client = createClient(scene.emulator.transport(), { host });
  scene.emulator.admin.onCall((method, moment) => {
    if (method !== "EnvironmentAutomationService/CreateService" || moment === "before") return;
    scene.emulator.settle();
    scene.emulator.admin.patch("services", firstId(scene, "services"), { status: { logUrl: url } });
  });
  const ending = creating(scene, service, web(environmentId, "exit 3"), { client, secrets });
  return { scene, ending };
}

/** Waits for work that needs the network, without letting time pass. */
async function ended({ ending }: { ending: Ending }): Promise<string> {
  await ending.work;
  return ending.outcome instanceof Error ? ending.outcome.message : String(ending.outcome);
}

const logOf = (report: string): string[] => {
  const lines = report.split("\n");
  const start = lines.indexOf("  the end of its log:");
  return start < 0 ? [] : lines.slice(start + 1, -1).map((line) => line.trim());
};

test("the last twenty lines of the log are shown, fetched with a token for logs", async () => {
  const { url, requests } = await serveLog((response) =>
    response.end(Array.from({ length: 50 }, (_, i) => `line ${i}\n`).join("")),
  );

  const failing = await failingService(url);
  const report = await ended(failing);

  expect(logOf(report)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i + 30}`));
  expect(report.split("\n").slice(0, 2)).toEqual([
    expect.stringMatching(/^Service \S+ did not reach RUNNING, it is FAILED: the start command exited with code 3$/),
    expect.stringMatching(/^ {2}phases: FAILED after 0 s$/),
  ]);
  expect(requests[0]?.headers.authorization).toMatch(/^Bearer .+/);
  expect(requests[0]?.headers.authorization).not.toContain(failing.scene.emulator.tokens.owner);
  expect(await leftovers(failing.scene)).toEqual(nothing);
});

test("a log behind a gateway that is not up yet is asked for four times, a second apart", async () => {
  const { url, requests } = await serveLog((response, attempt) => {
    response.statusCode = attempt < 4 ? 502 : 200;
    response.end(attempt < 4 ? "bad gateway" : "out of memory\n");
  });

  const failing = await failingService(url);
  while (requests.length < 4) await failing.scene.time.pass(100);
  const report = await ended(failing);

  expect(logOf(report)).toEqual(["out of memory"]);
  expect(requests).toHaveLength(4);
});

test.each([401, 404, 500, 302])("an answer with %i is a report without a log, and asked for once", async (status) => {
  const { url, requests } = await serveLog((response) => {
    response.writeHead(status, { location: "/elsewhere" }).end("not a log\n");
  });

  const report = await ended(await failingService(url));

  expect(report).toMatch(/did not reach RUNNING, it is FAILED/);
  expect(logOf(report)).toEqual([]);
  expect(requests).toHaveLength(1);
});

test("a log that does not end counts as far as it got within five seconds", async () => {
  const { url, requests } = await serveLog((response) => {
    response.write("starting\nout of memory\n");
  });

  const failing = await failingService(url);
  while (requests.length === 0) await quiet();
  await quiet(200);
  await failing.scene.time.pass(4900);
  const early = failing.ending.outcome;
  await failing.scene.time.pass(100);

  expect(early).toBeUndefined();
  expect(logOf(await ended(failing))).toEqual(["starting", "out of memory"]);
  expect(await leftovers(failing.scene)).toEqual(nothing);
});

test("a log that never begins is given up after five seconds", async () => {
  const { url, requests } = await serveLog(() => undefined);

  const failing = await failingService(url);
  while (requests.length === 0) await quiet();
  await failing.scene.time.pass(5000);

  expect(logOf(await ended(failing))).toEqual([]);
  expect(await leftovers(failing.scene)).toEqual(nothing);
});

test("a log that writes without end is cut off", async () => {
  const { url } = await serveLog((response) => {
    const line = Buffer.alloc(64 * 1024, `${"x".repeat(99)}\n`);
    const write = (): void => {
      while (!response.destroyed && response.write(line));
      if (!response.destroyed) response.once("drain", write);
    };
    write();
  });

  const report = await ended(await failingService(url));

  expect(logOf(report).slice(0, 19)).toEqual(Array.from({ length: 19 }, () => "x".repeat(99)));
});

test("a log of one endless line is left out, and a long line is cut", async () => {
  const endless = await serveLog((response) => response.end("x".repeat(200_000)));
  const long = await serveLog((response) => response.end(`${"y".repeat(1000)}\nlast\n`));

  expect(logOf(await ended(await failingService(endless.url)))).toEqual([]);
  expect(logOf(await ended(await failingService(long.url)))).toEqual([`${"y".repeat(400)} …`, "last"]);
});

test("what a terminal would obey is taken away", async () => {
  const { url } = await serveLog((response) =>
    response.end(
      Buffer.concat([
        Buffer.from("\u001b[2J\u001b[31mred\u001b[0m\u0007 \u001b]0;title\u0007bell\n"),
        Buffer.from("10 %\r50 %\r100 %\r\n\u202egnirts\n"),
        Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x0a]),
      ]),
    ),
  );

  const report = await ended(await failingService(url));

  expect(logOf(report)).toEqual(["red bell", "100 %", "gnirts", "���"]);
  expect(report).not.toMatch(/(?!\n)\p{Cc}/u);
});

test("secrets are taken away before lines are cut, also those that escape codes or the cut would break", async () => {
  const secret = "s3cr3t-of-the-house";
  const { url } = await serveLog((response) =>
    response.end(
      [
        `${"x".repeat(70_000)}${secret}`,
        `password=${secret}`,
        `s3cr\u001b[0m3t-of-the-house`,
        `${"y".repeat(390)}${secret}`,
        "",
      ].join("\n"),
    ),
  );

  const report = await ended(await failingService(url, { secrets: [secret] }));

  expect(report).not.toMatch(/s3cr|house/);
  expect(logOf(report).slice(0, 2)).toEqual(["password=[secret]", "[secret]"]);
});

test.each([
  ["plain http on another host", "http://logs.example.com/log", "http://127.0.0.1:1/api"],
  ["another scheme", "file:///etc/hostname", "http://127.0.0.1:1/api"],
  ["no URL", "logs", "http://127.0.0.1:1/api"],
])("%s is not asked", async (_name, url, host) => {
  expect(logOf(await ended(await failingService(url, { host })))).toEqual([]);
});

test("an API on the network cannot send the provider to this machine", async () => {
  const { url, requests } = await serveLog((response) => response.end("secret of this machine\n"));

  const report = await ended(await failingService(url, { host: "https://app.gitpod.io/api" }));

  expect(logOf(report)).toEqual([]);
  expect(requests).toHaveLength(0);
});

test("a failed execution names its step and shows its log", async () => {
  const { scene, ending } = await execution("echo compiling; exit 7");
  await moveUntil(scene, ending);

  const report = await ended({ ending });

  expect(report.split("\n").map((line) => line.replace(/\d+ s/g, "N s"))).toEqual([
    expect.stringMatching(/^TaskExecution \S+ did not reach SUCCEEDED, it is FAILED: .+$/),
    "  step Seed FAILED: the command exited with code 7",
    "  phases: PENDING after N s, RUNNING after N s, FAILED after N s",
    "  the end of its log:",
    "    $ echo compiling; exit 7",
    "    compiling",
    "    error: Seed: the command exited with code 7",
    "  Correct the cause and run pulumi up again, which replaces it.",
  ]);
});

/** Starts an execution on an emulator whose logs are served. */
async function execution(command: string): Promise<{ scene: Scene; ending: Ending }> {
  const scene = createScene();
  const { url, close } = await scene.emulator.listen();
  closing.push(close);
  const client = createClient(scene.emulator.transport(), { host: `${url}/api` });
  const taskId = await addTask(scene, await runningEnvironment(scene), command);
  return { scene, ending: creating(scene, taskExecution, { taskId }, { client }) };
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
