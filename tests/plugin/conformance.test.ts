import { tokens } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { secretValue } from "../../provider/pulumi/value";
import * as resources from "../../provider/resources";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { requireFresh } from "../../tools/fresh";
import { type Adapter, dynamic } from "../faults/adapter";
import { connection } from "../faults/connection";
import { destroy, type Resource, type Run, refresh, type Stored, up } from "../faults/engine";
import { startProvider } from "../faults/provider-process";
import { type Home, homeInputs, settle, subjects } from "../kinds/subject";
import { openEmulator } from "../scene";
import { plugin } from "./adapter";

jest.setTimeout(120_000);

beforeAll(() => requireFresh());

/** What a stack with one resource of a kind goes through; each step is a program, or a command. */
interface Story {
  readonly kind: string;
  readonly steps: (home: Home) => readonly (JsonObject | "refresh" | "destroy")[];
  /** Where the inputs are secret. */
  readonly secrets?: readonly (readonly string[])[];
}

const lives = Object.values<Definition>(resources).map((each): [string, Story] => [
  `a ${kindName(each)} is made, left alone, changed, read, replaced and deleted`,
  {
    kind: kindName(each),
    steps(home) {
      const { inputs, updated, replaced } = subjects(home).find(({ definition }) => definition === each)!;
      return [
        { ...inputs, adopt: "nobody", unknwon: true },
        inputs,
        inputs,
        "refresh",
        ...[updated, replaced].filter((each) => each !== undefined),
        "refresh",
        "destroy",
      ];
    },
  },
]);

const machine = homeInputs.environment.spec;

const stories: [string, Story][] = [
  ...lives,
  [
    "an environment that fails to start is kept and goes on",
    {
      kind: "Environment",
      steps: () => [{ name: "fail-start-once", spec: machine }, { name: "fail-start-once", spec: machine }, "destroy"],
    },
  ],
  [
    "a service that fails is kept, read and mended",
    {
      kind: "Service",
      steps: ({ home: environmentId = "" }) => {
        const service = (start: string) => ({
          environmentId,
          metadata: { reference: "web", name: "Web" },
          spec: { commands: { start } },
        });
        return [service("echo listening; exit 3"), "refresh", service("npm start"), "destroy"];
      },
    },
  ],
  [
    "secrets in the depth stay secret wherever they come back",
    {
      kind: "Environment",
      secrets: [["annotations"], ["spec", "content", "gitUsername"]],
      steps: () => {
        const environment = (user: string) => ({
          name: "Demo",
          annotations: secretValue({ owner: "canary-1b7e02" }),
          spec: { ...machine, desiredPhase: "ENVIRONMENT_PHASE_RUNNING", content: { gitUsername: secretValue(user) } },
        });
        return [environment("canary-77aa10"), environment("canary-42d9f3"), "refresh", "destroy"];
      },
    },
  ],
  [
    "a secret text of an automations file is told where it is wrong, and stays secret",
    {
      kind: "AutomationsFile",
      secrets: [["yaml"]],
      steps: ({ home: environmentId = "" }) => {
        const text = (yaml: string) => ({ environmentId, yaml: secretValue(yaml) });
        return [
          text("tasks:\n  lint: { nmae: Lint }\n"),
          text("tasks:\n  lint: { name: Lint, command: canary-5d01 }\n"),
          "refresh",
          text("services:\n  web: { name: Web, commands: { start: canary-5d02 } }\n"),
          "destroy",
        ];
      },
    },
  ],
  [
    "an automations file is read from the folder of the program",
    {
      kind: "AutomationsFile",
      steps: ({ home: environmentId = "" }) => [
        { environmentId, path: "missing.yaml" },
        { environmentId, path: "examples/automations-file/automations.yaml" },
        "refresh",
        "destroy",
      ],
    },
  ],
  [
    "spellings become the same canonical inputs",
    {
      kind: "Environment",
      steps: () => [
        {
          name: "Demo",
          spec: {
            ...machine,
            desiredPhase: "stopped",
            timeout: { disconnected: "1h30m" },
            ports: [{ port: 3000, name: "web", admission: "EVERYONE" }],
          },
        },
        "destroy",
      ],
    },
  ],
];

test.each(stories)("both adapters agree: %s", async (_, story) => {
  const [one, other] = await Promise.all([tell(dynamic, story), tell(plugin, story)]);

  expect(other).toEqual(one);
});

/** Runs a story with one adapter in a process of its own, and returns what each step led to. */
async function tell(adapter: Adapter, { kind, steps, secrets = [] }: Story): Promise<Json> {
  const { emulator, host, close } = await openEmulator({ pace: "fast" });
  const process = await startProvider(adapter, { host, token: tokens.owner });
  try {
    const provider = connection(process.client, adapter.acceptsSecrets);
    const resource = (of: string, name: string, inputs: JsonObject): Resource => {
      const type = adapter.typeOf(of);
      const urn = `urn:pulumi:test::faults::${type}::${name}`;
      return { urn, type, name, inputs: { ...inputs, ...adapter.hidden(of, urn, name === "subject" ? secrets : []) } };
    };
    const home = await settle(async ({ name, definition, inputs }) => {
      const { state: made } = await up(provider, [], [resource(kindName(definition), name, inputs)]);
      return made[0]!.id;
    });
    let state: readonly Stored[] = [];
    const told: Run[] = [];
    for (const step of steps(home)) {
      const run =
        step === "refresh"
          ? await refresh(provider, state)
          : step === "destroy"
            ? await destroy(provider, state)
            : await up(provider, state, [resource(kind, "subject", step)]);
      state = run.state;
      told.push(run);
    }
    // Creates are acknowledged a moment after their answer, or when the command ends.
    await process.interrupt();
    return comparable({ told, calls: callsOf(emulator.calls()) } as unknown as Json);
  } finally {
    await process.kill();
    await close();
  }
}

/** The calls that change something; how often a start or a stop is asked for depends on when it is looked at. */
const callsOf = (calls: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(
    Object.entries(calls)
      .filter(([method]) => !/\/(Get|List|Watch)/.test(method))
      .map(([method, count]) => [method, /\/(Start|Stop)/.test(method) ? "some" : count]),
  );

/** Without what differs from run to run: ids, times, the phases that reads have met, addresses, type tokens and what only a class passes along. */
function comparable(value: Json): Json {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `id ${names.size + 1}`;
    names.set(id, name);
    return name;
  };
  const text = JSON.stringify(untold(value))
    // A token may look like an id.
    .replaceAll(/=[0-9a-f]{32}"/g, '=token"')
    .replaceAll(/[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}/g, nameOf)
    .replaceAll(/\b[a-z]+-[a-z]+-(?=[a-z]*\d)[0-9a-z]{11}\b/g, nameOf)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "time")
    .replaceAll(/(takenOver\\*":\\*")[0-9a-f]{8}/g, "$1entry")
    .replaceAll(/127\.0\.0\.1:\d+/g, "host")
    .replaceAll("ENVIRONMENT_PHASE_UPDATING", "ENVIRONMENT_PHASE_RUNNING")
    .replaceAll("CONTENT_PHASE_UPDATING", "CONTENT_PHASE_READY")
    .replaceAll(/phases: .*?\\n/g, "phases\\n")
    .replaceAll(/\d+ s\b/g, "n s")
    .replaceAll(/(pulumi-nodejs:dynamic\/gitpod|gitpod:index|gitpod(?=:experimental))[:/](experimental:)?/g, "");
  return bare(JSON.parse(text));
}

/** Without what a server makes up and tells once. */
function untold(value: Json): Json {
  if (Array.isArray(value)) return value.map(untold);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, onceNames.has(name) ? "told" : untold(part)]),
  );
}

const onceNames = new Set((Object.values(resources) as Definition[]).flatMap(({ once }) => Object.keys(once ?? {})));

function bare(value: Json): Json {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !["__provider", "__timeouts", "__urn"].includes(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, bare(part)]));
}
