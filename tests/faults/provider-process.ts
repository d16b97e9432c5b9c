import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Account, Adapter } from "./adapter";
import { sent } from "./value";

/** A provider in a process of its own, started as the engine starts it. */
export interface ProviderProcess {
  readonly client: ResourceProviderClient;
  readonly pid: number;
  /** What it has told the engine, in order, other than debug output. */
  readonly said: readonly string[];
  /** The debug output, which a command shows with `--debug` only. */
  readonly hidden: readonly string[];
  /** What it has written to its standard error. */
  readonly printed: readonly string[];
  /** Ends it as `kill -9` does, and returns when it is over. */
  kill(): Promise<void>;
  /** Ends it as the engine does at the end of a command, and returns when it is over. */
  interrupt(): Promise<void>;
  /** Lets the engine be gone, and returns when the process has ended for that. */
  abandon(): Promise<void>;
}

/** Starts a provider and configures it. */
export async function startProvider(adapter: Adapter, account: Account): Promise<ProviderProcess> {
  const said: string[] = [];
  const hidden: string[] = [];
  const printed: string[] = [];
  const engine = await listen(({ message, severity }) =>
    (severity === LogSeverity.DEBUG ? hidden : said).push(message),
  );
  const [command, ...args] = adapter.command;
  const child = spawn(command, [...args, engine.address], {
    cwd: adapter.folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CI: "true" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  const client = new ResourceProviderClient(`127.0.0.1:${await portOf(child)}`, grpc.credentials.createInsecure());
  await configured(client, adapter, account);
  const ended = async (end: () => void): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, "exit");
      end();
      await exit;
    }
    client.close();
    engine.close();
  };
  return {
    client,
    pid: child.pid!,
    said,
    hidden,
    printed,
    kill: () => ended(() => child.kill("SIGKILL")),
    interrupt: () => ended(() => child.kill("SIGINT")),
    abandon: () =>
      ended(() => {
        engine.close();
        child.stdin.end();
      }),
  };
}

async function listen(hear: (log: LogRequest.AsObject) => void): Promise<{ address: string; close(): void }> {
  const server = new grpc.Server();
  const log = ({ request }: { request: LogRequest }, answer: grpc.sendUnaryData<Empty>): void => {
    if (request.getMessage() !== "") hear(request.toObject());
    answer(null, new Empty());
  };
  server.addService({ log: (EngineService as grpc.ServiceDefinition).log! }, { log });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** The first line that a provider prints is its port. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the provider ended with ${code} before it answered`)));
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes("\n")) resolve(Number.parseInt(text, 10));
    });
  });
}

function configured(client: ResourceProviderClient, adapter: Adapter, account: Account): Promise<void> {
  const request = new ConfigureRequest();
  request.setArgs(sent(adapter.configOf(account), adapter.acceptsSecrets));
  request.setAcceptsecrets(true);
  return new Promise((resolve, reject) => client.configure(request, (error) => (error ? reject(error) : resolve())));
}
