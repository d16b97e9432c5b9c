import type { dynamic } from "@pulumi/pulumi";
import { differentUnits } from "../mapping/diff";
import type { Definition } from "../model/definition";
import { dynamicTypesOf } from "../model/module";
import { compare } from "../pulumi/compare";
import { checkInputs, createObject, deleteObject, note, readObject, updateObject } from "../pulumi/lifecycle";
import type { Run } from "../pulumi/run-operation";
import { opened, type Properties } from "../pulumi/stored-properties";
import { equal } from "../value/json";
import { configure, connection, memory } from "./configure";
import { endGently } from "./end-gently";
import { engineGone } from "./engine-watch";
import { keptFailure, plainly } from "./failure";

/** Returns the provider object of a kind, as Pulumi's dynamic provider process calls it. */
export function providerOf(definition: Definition): Required<dynamic.ResourceProvider<object, object>> {
  return {
    configure: async (request) => configure(request),
    check: (olds, news) => plainly(checked(definition, taken(olds), taken(news))),
    diff: (id, olds, news) => plainly(diffed(definition, id, taken(olds), taken(news))),
    create: (news) => created(definition, taken(news)),
    read: (id, properties) => plainly(readBack(definition, id, taken(properties ?? {}))),
    update: (id, olds, news) => updated(definition, id, taken(olds), taken(news)),
    delete: (id, properties) => plainly(deleteObject(run(), definition, id, taken(properties))),
  };
}

/** Takes properties apart; what the plugin has written names the type that the resource has there. */
function taken(properties: object): Properties {
  const all = opened(properties);
  if (all.urn === undefined) return all;
  const parts = all.urn.split("::");
  parts[2] = dynamicTypesOf(parts[2] ?? "");
  const urn = parts.join("::");
  return { ...all, urn, passed: { ...all.passed, __urn: urn } };
}

const run = (): Run => ({ connection, memory, signal: engineGone, keptFailure });

/** Pulumi prints the whole value beside the property of a failure, so that the path stands in the reason. */
async function checked(definition: Definition, olds: Properties, news: Properties): Promise<dynamic.CheckResult> {
  const { inputs, reasons } = await checkInputs(definition, olds, news, connection);
  return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
}

/** A difference of inputs is left to Pulumi, which then compares them itself and shows it property by property. */
async function diffed(
  definition: Definition,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<dynamic.DiffResult> {
  const { state } = olds;
  note(memory, definition, id, state, news);
  if (!state) return {};
  const compared = await compare(memory, definition, id, { ...olds, state }, news);
  const { changes, replaces, deleteBeforeReplace, unsettled } = compared;
  // A deletion goes by the timeout that is stored, and is not possible without the code of the provider.
  const isStale = !equal(olds.passed.__timeouts, news.passed.__timeouts) || olds.passed.__provider === undefined;
  const isUpdate = unsettled || replaces.length > 0 || isStale;
  // What is stated for the first time and there already has to be stored as well, since nothing but outputs comes back.
  const isKnown = changes.length === 0 && differentUnits(definition, state.inputs, news.visible).length === 0;
  return { ...(isKnown && { changes: isUpdate }), replaces: [...replaces], deleteBeforeReplace };
}

async function created(definition: Definition, news: Properties): Promise<dynamic.CreateResult> {
  endGently();
  const { id, outputs } = await createObject(run(), definition, news);
  return { id, outs: outputs };
}

async function readBack(definition: Definition, id: string, olds: Properties): Promise<dynamic.ReadResult> {
  const found = await readObject(run(), definition, id, olds);
  // Pulumi would take an empty answer to a lookup for an object.
  if (!found && !olds.state) throw new Error(`${definition.kind} ${id} does not exist, or the token may not see it`);
  return found ? { id, props: found.outputs, inputs: found.inputs } : { id: "" };
}

async function updated(
  definition: Definition,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<dynamic.UpdateResult> {
  const { outputs } = await updateObject(run(), definition, id, olds, news);
  return { outs: outputs };
}
