import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../tools/engine/engine";
import { root } from "../../tools/root";
import { openYaml } from "../engine-subject";
import { type Kind, kinds } from "../kinds";
import { type Case, table } from "../result";
import type { Operation } from "../subject";
import { countsOf } from "../trace";

/** The calls that one object of each kind leads to on the engine, and the state that it leaves. */
export const calls: Case = {
  name: "calls",
  about: "the calls that one object of each kind leads to, and the bytes of its state",
  async run({ say }) {
    const known = documented();
    const counted: Counted[] = [];
    const states: string[][] = [];
    for (const kind of Object.keys(kinds) as Kind[]) {
      const names = stories[kind] ?? usual;
      say(kind);
      const stack = await openYaml({ kind, size: 1, latency: 0 });
      try {
        for (const [operation, name] of Object.entries(names) as [Operation, string][]) {
          // What no call changes has no row.
          if (operation === "update" && !known.has(`${kind} ${name}`)) continue;
          const { trace } = await stack.perform(operation);
          counted.push(count(kind, name, trace.methods, known));
          if (operation === "create") states.push([kind, ...(await bytesOf(stack.engine))]);
        }
      } finally {
        await stack.close();
      }
    }
    const over = counted.filter(({ isLeast }) => !isLeast);
    return {
      tables: [
        table(
          "Calls of one object on the engine",
          "A command is a process, which besides asks once who calls. What is the least, and why, is in [docs/performance.md](../docs/performance.md), which a test holds.",
          ["kind", "operation", "calls", "the least", "once per process", "reads of the wait"],
          counted.map((each) => [
            each.kind,
            each.name,
            each.made,
            each.isLeast ? "yes" : "**no**",
            each.once,
            each.waits,
          ]),
        ),
        table(
          "State of one resource",
          "Bytes in the exported state, as JSON without spaces: what the provider hands over, and all that the engine keeps, such as a stack trace of the program.",
          ["kind", "inputs and outputs", "all"],
          states,
        ),
      ],
      rows: [
        {
          figure: "calls to create, refresh, update and delete one object of each kind, waits apart",
          target: "the least that the API and the rules allow",
          measured:
            over.length === 0
              ? `the least in ${counted.length} of ${counted.length} (table below)`
              : over.map(({ kind, name, made }) => `${kind}, ${name}: ${made}`).join("; "),
          holds: over.length === 0,
        },
      ],
    };
  },
};

/** What is done with the objects of this benchmark, by the names that it has in the table of the least calls. */
type Story = Partial<Record<Operation, string>>;

const plain = { create: "create", "preview with refresh": "refresh" };
const usual: Story = { ...plain, update: "update", destroy: "delete" };
const stories: { readonly [kind in Kind]?: Story } = {
  Project: { ...plain, create: "create with classes", update: "update of its name", destroy: "delete" },
  Environment: { ...plain, update: "update of its name", destroy: "delete" },
  Service: { ...plain, update: "update of its command", destroy: "delete" },
  AutomationsFile: { ...plain, update: "update that deletes", destroy: "delete" },
  Group: { ...plain, update: "update of its description", destroy: "delete" },
};

/** The table of the least calls, by kind and operation. */
function documented(): Map<string, { calls: string[]; why: string }> {
  const text = readFileSync(join(root, "docs", "performance.md"), "utf8");
  const lines = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    lines
      .filter(({ length }) => length === 6)
      .map(([, kind, name, methods = "", why = ""]) => [`${kind} ${name}`, { calls: methods.split(", "), why }]),
  );
}

interface Counted {
  readonly kind: Kind;
  readonly name: string;
  readonly made: string;
  readonly once: string;
  readonly waits: string;
  readonly isLeast: boolean;
}

/** Compares calls with the least: a wait reads more often where time passes, and a first create looks for what is there. */
function count(kind: Kind, name: string, methods: readonly string[], known: ReturnType<typeof documented>): Counted {
  // What calls nothing has no row.
  const least = known.get(`${kind} ${name}`) ?? { calls: [], why: "" };
  const needed = countsOf(least.calls);
  const made = countsOf(methods.map((method) => method.split("/")[1] ?? method));
  const [counted, once, waits]: Record<string, number>[] = [{}, {}, {}];
  for (const [method, number] of Object.entries(made)) {
    const reads = least.why.includes("wait, whose list") ? /^(Get|List)/ : /^Get/;
    const isWait = reads.test(method) && !(method in rare) && least.why.includes("wait");
    const isOnce = method in rare || (method.startsWith("List") && !needed[method]);
    const apart = method === "WatchEvents" || isWait ? waits! : isOnce ? once! : counted!;
    apart[method] = number;
  }
  const isLeast =
    Object.entries(counted!).every(([method, number]) => number <= (needed[method] ?? 0)) &&
    Object.entries(once!).every(([method, number]) => number <= (rare[method] ?? looks(kind)));
  return { kind, name, made: listed(counted!), once: listed(once!), waits: listed(waits!), isLeast };
}

/** What comes once in a process, for whom it works there or in whose name, or after the answer to a create. */
const rare: Readonly<Record<string, number>> = {
  GetAuthenticatedIdentity: 1,
  GetAuthenticatedUser: 1,
  CreateServiceAccountAccessToken: 1,
  MarkEnvironmentActive: 1,
};

/** How often the first create of a kind looks for what an interrupted run has left: before and after, or four times before. */
const looks = (kind: Kind): number => (kind === "TaskExecution" ? 4 : 2);

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, number]) => (number === 1 ? name : `${name} × ${number}`))
    .join(", ");

/** Bytes of the one resource of ours in the state: of its properties, and of all. */
async function bytesOf(engine: Engine): Promise<string[]> {
  const { deployment } = await engine.export();
  const resource = deployment.resources?.find(({ type }) => type.startsWith("gitpod:"));
  const properties = { inputs: resource?.inputs, outputs: resource?.outputs };
  return [properties, resource].map((part) => String(JSON.stringify(part).length));
}
