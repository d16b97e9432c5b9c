import { type AccountConfig, resolveAccount } from "../client/account";
import { type Api, apiOf } from "../client/api";
import { type Client, connect } from "../client/client";
import { toldAs } from "../client/debug-flag";
import type { Json, JsonObject } from "../value/json";
import { show } from "../value/path";
import { functionOf } from ".";
import { checkArguments } from "./check-arguments";
import type { FunctionDefinition } from "./define-function";
import { invoke, isKeptFromPreviews, warningsOn } from "./invoke";

/** What a function gives. */
export interface Given {
  /** Undefined where it was not called, because this is a preview and it changes something or reveals a secret, and the answer is not clear. */
  readonly answer: Json | undefined;
  /** Whether the answer is secret whatever the arguments are. */
  readonly isSecret: boolean;
  /** What the user has to know about the answer. */
  readonly warnings: readonly string[];
}

/** What the engine is told by. */
export interface Log {
  readonly debug: (line: string) => unknown;
  readonly info: (line: string) => unknown;
}

/**
 * Calls a function by its name, with the account that the config names or else the environment. The log, where there is an
 * engine, is told of the calls.
 *
 * @throws Error in words for the user.
 */
export async function call(
  name: string,
  args: JsonObject,
  config: AccountConfig,
  isPreview: boolean,
  log?: Log,
): Promise<Given> {
  const definition = functionOf(name);
  if (!definition) throw new Error(`There is no function ${name}.`);
  const { request, failures } = checkArguments(definition, args);
  if (failures.length > 0)
    throw new Error(failures.map(({ path, reason }) => `${definition.name}: ${show(path)}: ${reason}`).join("\n"));
  const isSecret = (definition.sensitive ?? []).length > 0;
  const isPlanned = isPreview && isKeptFromPreviews(definition);
  const answer = isPlanned
    ? plannedAnswer(definition)
    : await invoke(clientFor(config, apiOf(definition), log), definition, request);
  return { answer, isSecret, warnings: warningsOn(definition, answer) };
}

/** What is empty always is known before the call. */
const plannedAnswer = ({ method: { output } }: FunctionDefinition): Json | undefined =>
  output.fields.length === 0 ? {} : undefined;

/** Functions of one account share their connections. */
function clientFor(config: AccountConfig, api: Api, log: Log | undefined): Client {
  const account = resolveAccount(config, process.env, api);
  const key = JSON.stringify([api.package, account.baseUrl, account.token]);
  const client = clients.get(key) ?? connect(account, { tell: tellerTo(log) });
  clients.set(key, client);
  return client;
}

function tellerTo(log: Log | undefined): ((line: string) => void) | undefined {
  const how = log && toldAs();
  return how && ((line) => void log[how](line));
}

const clients = new Map<string, Client>();
