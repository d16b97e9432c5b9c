import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { type Connection, connection } from "../tests/faults/connection";
import { sent } from "../tests/faults/value";
import { launchSettings, nodeOptions, pluginName as script } from "../tools/build-plugin";
import { builtPlugin } from "../tools/engine/yaml";
import { noteMemory } from "./memory";
import type { Site } from "./site";

/** A plugin in a process of its own, without an engine. */
export interface PluginProcess {
  /** Milliseconds from its start until it listens. */
  readonly listening: number;
  /** Configures it for a site, and returns what speaks to it. */
  connect(site: Site): Promise<Connection>;
  /** Ends it, and returns the most memory that it has had, in MiB. */
  end(): Promise<number>;
}

/** Starts the plugin of a folder, the built one when left out, as its launcher does. */
export async function startPlugin(folder = builtPlugin): Promise<PluginProcess> {
  const notes = mkdtempSync(join(tmpdir(), "pulumi-gitpod-memory-"));
  const memory = noteMemory(notes);
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, join(folder, `${script}.js`)], {
    env: { ...process.env, ...memory.env, ...launchSettings(folder) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await portOf(child);
  const listening = performance.now() - began;
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    listening,
    async connect({ host, token }) {
      const request = new ConfigureRequest().setArgs(sent({ host, token }, true)).setAcceptsecrets(true);
      await new Promise<void>((resolve, reject) =>
        client.configure(request, (error) => (error ? reject(error) : resolve())),
      );
      return connection(client, true);
    },
    async end() {
      client.close();
      child.kill("SIGINT");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      const most = memory.take(script);
      rmSync(notes, { recursive: true, force: true });
      return most;
    },
  };
}

/** The first line that a plugin prints is its port. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`the plugin ended with ${code} before it listened`)));
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes("\n")) resolve(Number.parseInt(text, 10));
    });
  });
}
