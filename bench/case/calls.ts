import { openYaml } from "../engine-subject";
import { type Kind, kinds } from "../kinds";
import { type Case, type Row, table } from "../result";
import type { Operation } from "../subject";
import { countsOf, type Trace } from "../trace";
import { type Least, least, type Short } from "./least";

/** The calls that one object of each kind leads to, and the state that it leaves. */
export const calls: Case = {
  name: "calls",
  about: "the calls that one object of each kind leads to, and the bytes of its state",
  async run({ say }) {
    const counted: Counted[] = [];
    const states: string[][] = [];
    for (const kind of Object.keys(kinds) as Kind[]) {
      say(kind);
      const stack = await openYaml({ kind, size: 1, latency: 0 });
      try {
        for (const [short, operation] of steps) {
          if (!least[kind][short]) continue;
          const { trace } = await stack.perform(operation);
          counted.push(count(kind, short, trace));
          if (short === "create") states.push([kind, String(await bytesOf(stack.engine))]);
        }
      } finally {
        await stack.close();
      }
    }
    return {
      tables: [
        table(
          "Calls of one object",
          "By a plugin of its own for each command, which besides asks once who calls. A wait costs the stream of events and reads of the phase, apart.",
          ["kind", "operation", "calls", "least", "why", "wait"],
          counted.map(lineOf),
        ),
        table(
          "State of one resource",
          "Bytes of a resource in the exported state, as JSON without spaces.",
          ["kind", "bytes"],
          states,
        ),
      ],
      rows: (["create", "refresh", "update", "delete"] as const).map((short) => rowOf(short, counted)),
    };
  },
};

const steps: readonly [Short, Operation][] = [
  ["create", "create"],
  ["refresh", "preview with refresh"],
  ["update", "update"],
  ["delete", "destroy"],
];

interface Counted {
  readonly kind: Kind;
  readonly short: Short;
  /** How often each method was called other than to wait. */
  readonly calls: Readonly<Record<string, number>>;
  /** How often each method was called to wait. */
  readonly waits: Readonly<Record<string, number>>;
  readonly least: Least;
}

/** Reads of the same object that are more than the least are those of its wait, where there is one. */
function count(kind: Kind, short: Short, trace: Trace): Counted {
  const allowed = least[kind][short]!;
  const calls: Record<string, number> = {};
  const waits: Record<string, number> = {};
  for (const [method, number] of Object.entries(countsOf(trace.methods))) {
    const name = method.split("/")[1] ?? method;
    if (name === "GetAuthenticatedIdentity") continue;
    const isWait = name === "WatchEvents" || (allowed.waits === true && name === `Get${kind}`);
    const apart = isWait ? Math.max(0, number - (allowed.calls[name] ?? 0)) : 0;
    if (number > apart) calls[name] = number - apart;
    if (apart > 0) waits[name] = apart;
  }
  return { kind, short, calls, waits, least: allowed };
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, number]) => (number === 1 ? name : `${name} × ${number}`))
    .join(", ");

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, number) => sum + number, 0);

const lineOf = ({ kind, short, calls: made, waits, least: { calls: needed, why } }: Counted): string[] => [
  kind,
  short,
  `${total(made)}: ${listed(made) || "none"}`,
  String(total(needed)),
  why,
  listed(waits),
];

function rowOf(short: Short, all: readonly Counted[]): Row {
  const these = all.filter((each) => each.short === short);
  const over = these.filter(({ calls: made, least: { calls: needed } }) => total(made) > total(needed));
  return {
    figure: `calls to ${short} one object of each kind, waits apart`,
    target: "the least that the API and the rules allow (table below)",
    measured:
      over.length === 0
        ? these.map(({ kind, calls: made }) => `${kind} ${total(made)}`).join(", ")
        : over
            .map(({ kind, calls: made, least: { calls: needed } }) => `${kind} ${total(made)}, least ${total(needed)}`)
            .join("; "),
    holds: over.length === 0,
  };
}

/** Bytes of the resources of ours in the state. */
async function bytesOf(engine: {
  export(): Promise<{ deployment: { resources?: { type: string }[] } }>;
}): Promise<number> {
  const { deployment } = await engine.export();
  const ours = (deployment.resources ?? []).filter(({ type }) => type.startsWith("gitpod:"));
  return JSON.stringify(ours[0]).length;
}
