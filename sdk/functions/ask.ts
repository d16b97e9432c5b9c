import {
  all,
  Config,
  type Input,
  log,
  type Output,
  output,
  type Resource,
  RunError,
  runtime,
  secret,
  unknown,
  unsecret,
} from "@pulumi/pulumi";
import type * as functions from "../../provider/functions/call";
import type { Json, JsonObject } from "../../provider/value/json";
import { typeOf } from "../adapter";
import { Provider, type ProviderAccount } from "../provider";

/** What every function accepts beside its arguments. */
export interface FunctionOptions {
  /** The account and host to ask; when missing, those of `parent`, else those of the stack's config. */
  readonly provider?: Provider | undefined;

  /** The resource whose provider is asked. */
  readonly parent?: Resource | undefined;
}

/** What functions of values from resources accept beside their arguments. */
export interface FunctionOutputOptions extends FunctionOptions {
  /** Resources that have to be there before the function is called. */
  readonly dependsOn?: Input<Input<Resource>[]> | Input<Resource> | undefined;
}

/** Asks the API from the program itself; whatever goes wrong is told without a stack. */
export async function ask(name: string, args: object, opts: FunctionOptions): Promise<Json> {
  const { answer } = await request(name, args, await known(name, account(name, opts)));
  if (answer !== undefined) return answer;
  throw new RunError(
    `${name}: changes something or reveals a secret, so that it is not called in a preview; use ${name}Output, or look at pulumi.runtime.isDryRun() first.`,
  );
}

/** Asks the API once the arguments are known; the answer is as secret as they are, whatever the token is. */
export function askOutput(name: string, args: object, opts: FunctionOutputOptions): Output<unknown> {
  const asked = all([output(args), unsecret(account(name, opts)), made(opts)]);
  return asked.apply(async ([given, where]): Promise<unknown> => {
    const { answer, isSecret } = await request(name, given, where);
    const known = answer === undefined ? unknown : answer;
    return isSecret ? secret(known) : known;
  });
}

async function request(name: string, args: object, where: ProviderAccount): Promise<functions.Given> {
  // Loaded when the first function is called: most programs need no descriptors.
  const { call }: typeof functions = require("../../provider/functions/call");
  try {
    const given = await call(name, plain(args), where, runtime.isDryRun(), runtime.hasEngine() ? log : undefined);
    await Promise.all(given.warnings.map((warning) => log.warn(warning)));
    return given;
  } catch (error) {
    throw new RunError(error instanceof Error ? error.message : String(error));
  }
}

/** Known once the resources are there that a function comes after; those that are to be created are not in a preview. */
function made({ dependsOn = [] }: FunctionOutputOptions): Output<unknown> {
  const idOf = (resource: Resource): Output<unknown> => ("id" in resource ? output(resource.id) : resource.urn);
  return output(dependsOn as Input<Input<Resource>[]>).apply((some) => all([some].flat().map(idOf)));
}

/** Without what is undefined, which JSON cannot say. */
function plain(args: object): JsonObject {
  return JSON.parse(JSON.stringify(args));
}

function account(name: string, { provider, parent }: FunctionOptions): Output<ProviderAccount> {
  const explicit = provider ?? parent?.getProvider(typeOf("plugin", name));
  if (explicit === undefined) {
    const config = new Config("gitpod");
    return output({
      token: config.get("token"),
      host: config.get("host"),
      classicToken: config.get("classicToken"),
      classicHost: config.get("classicHost"),
    });
  }
  const stated = Provider.accountOf(explicit);
  if (stated === undefined) throw new RunError(`${name}: the provider is not a Provider of pulumi-gitpod.`);
  return stated;
}

/** The value of an output, for a function that has to be answered now. */
async function known<T>(name: string, value: Output<T>): Promise<T> {
  if ("isKnown" in value && !(await value.isKnown)) {
    throw new RunError(`${name}: the provider's arguments are not known yet; use ${name}Output instead.`);
  }
  return new Promise((resolve) => value.apply(resolve));
}
