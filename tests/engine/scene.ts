import { type Assumed, classicTokens, type Emulator, type Pace, tokens } from "../../emulator";
import * as resources from "../../provider/resources";
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type EngineRun,
  type State,
  type StateResource,
} from "../../tools/engine/engine";
import { afterTest } from "../after-test";
import { objectsIn, tablesOf } from "../kinds/table";
import { openEmulator } from "../scene";

// An engine that does nothing takes three seconds, twice that where other tests run at the same time.
jest.setTimeout(300_000);

/** A stack of its own whose provider talks to an emulator of its own. */
export interface Scene {
  engine: Engine;
  emulator: Emulator;
  /** Where the emulator answers. */
  host: string;
}

/** What a test says about its scene beside the engine. */
export interface SceneOptions extends EngineOptions {
  pace?: Pace;
  /** The choices of the emulator to switch. */
  assume?: Assumed;
}

/** Opens a scene that is closed after the test; token and host are in the environment of the commands. */
export async function openScene({ pace = "fast", assume = {}, env, ...options }: SceneOptions): Promise<Scene> {
  const { emulator, host, close } = await openEmulator({ pace, assume });
  afterTest(close);
  const engine = await createEngine({ ...options, env: { ...accountIn(host), ...env } });
  afterTest(() => engine.dispose());
  return { engine, emulator, host };
}

/** The account that programs use: that of the emulator, unless variables name a real one. */
function accountIn(host: string): Record<string, string> {
  const { PULUMI_GITPOD_TEST_HOST: realHost, PULUMI_GITPOD_TEST_TOKEN: realToken } = process.env;
  return {
    GITPOD_BASE_URL: realHost ?? host,
    GITPOD_API_KEY: realToken ?? tokens.owner,
    GITPOD_CLASSIC_HOST: host,
    GITPOD_CLASSIC_TOKEN: classicTokens.owner,
  };
}

/** The files of a JavaScript program that has `gitpod` and `pulumi`. */
export const javascript = (body: string): Record<string, string> => ({
  "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: index.js\n",
  "index.js": `const pulumi = require("@pulumi/pulumi");\nconst gitpod = require("pulumi-gitpod");\n${body}\n`,
});

/** The methods that were called since the last time, with how often, other than to find out who calls. */
export function callsOf({ emulator }: Pick<Scene, "emulator">): Record<string, number> {
  const {
    "IdentityService/GetAuthenticatedIdentity": _,
    "experimental.UserService/GetAuthenticatedUser": __,
    ...calls
  } = emulator.calls();
  emulator.admin.resetCalls();
  return calls;
}

/** The methods that change something and were called since the last time. */
export const writesOf = (scene: Pick<Scene, "emulator">): string[] =>
  Object.keys(callsOf(scene)).filter((method) => !/\/(Get|List|Watch)/.test(method));

/** The same without the tokens with which a refresh reads what belongs to an account. */
export const changesOf = (scene: Scene): string[] =>
  writesOf(scene).filter((method) => method !== "ServiceAccountService/CreateServiceAccountAccessToken");

/** How many objects there are of each kind that has any, without those that are deleted, or whose deletion only ends what they do. */
export function objectsOf({ emulator }: Scene): Record<string, number> {
  emulator.settle();
  const counts = tables.map((table): [string, number] => [table, objectsIn(emulator, table).length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const tables = [...new Set(Object.values(resources).flatMap(tablesOf))];

/**
 * What the state holds of each resource of ours, with its secrets in clear: by name, and by type and name
 * where another one has the name, which for a parent with its child means the child.
 */
export async function stateOf({
  engine,
}: Scene): Promise<Record<string, Pick<StateResource, "id" | "inputs" | "outputs" | "initErrors">>> {
  const { stdout } = await engine.run("stack", "export", "--show-secrets");
  const resources = (JSON.parse(stdout) as State).deployment.resources ?? [];
  const ours = resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const nameIn = (urn: string, parts = 1): string => urn.split("::").slice(-parts).join(" ");
  const isChild = (urn: string): boolean => urn.includes("$");
  const isShared = (own: string): boolean =>
    ours.some(({ urn }) => urn !== own && nameIn(urn) === nameIn(own) && isChild(urn) <= isChild(own));
  return Object.fromEntries(
    ours.map(({ urn, id = "", inputs = {}, outputs = {}, initErrors = [] }) => [
      nameIn(urn, isShared(urn) ? 2 : 1),
      { id, inputs, outputs, initErrors },
    ]),
  );
}

/** How a command ended: its exit code, what happened to each resource, and what a person reads of problems. */
export const outcomeOf = (run: EngineRun) => ({
  code: run.code,
  operations: run.operations,
  complaints: complaintsOf(run),
});

/** The errors and warnings of a command. */
export const complaintsOf = ({ diagnostics }: EngineRun): string[] =>
  diagnostics
    .filter(({ severity, ephemeral }) => severity !== "info" && !ephemeral)
    .map(({ resource, message }) => (resource === undefined ? message : `${resource}: ${message}`));
