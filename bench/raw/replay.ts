// Makes calls with the provider's client and nothing else, and prints the seconds that they took. Node.js runs it in a
// process of its own, as cold as a provider's: node … HOST TOKEN, the calls as JSON on the standard input.
import { readFileSync } from "node:fs";
import { resolveAccount } from "../../provider/client/account";
import { type Client, connect } from "../../provider/client/client";
import { methods, type Objects } from "./methods";

/** What is replayed. */
export interface Replay {
  readonly methods: readonly string[];
  readonly atOnce: number;
  /** The ids of the objects that are there. */
  readonly objects: readonly string[];
}

async function main(): Promise<void> {
  const [host = "", token = ""] = process.argv.slice(2);
  const replay: Replay = JSON.parse(readFileSync(0, "utf8"));
  const client = connect(resolveAccount({ host, token }, {}), { env: {} });
  const began = performance.now();
  await run(client, replay);
  process.stdout.write(`${(performance.now() - began) / 1000}\n`);
}

/** Makes the calls in their order, as many at once as there were; each waits for the object that it is about. */
async function run(client: Client, { methods: names, atOnce, objects: there }: Replay): Promise<void> {
  const objects: Objects = there.map((id) => Promise.resolve(id));
  const counts = new Map<string, number>();
  const queue = names.map((name) => {
    const number = counts.get(name) ?? 0;
    counts.set(name, number + 1);
    return () => methods[name]?.(client, objects, number) ?? unknown(name);
  });
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, work));
}

function unknown(name: string): never {
  throw new Error(`${name} cannot be replayed: add it to bench/raw/methods.ts`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
