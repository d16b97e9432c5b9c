import type { dynamic } from "@pulumi/pulumi";
import { check } from "../check";
import { create } from "../create";
import type { Definition } from "../definition";
import { diff } from "../diff";
import { equal, type JsonObject } from "../json";
import { takeNote } from "../named";
import { show } from "../path";
import { read } from "../read";
import { remove } from "../remove";
import type { State } from "../state";
import { update } from "../update";
import { configure, refusal } from "./connection";
import { voiceOf } from "./engine";
import { keepingId, plainly } from "./failure";
import { opened, type Properties, placesOf, storedInputs, storedOutputs } from "./hidden";
import { during } from "./operation";
import { timeoutFailures } from "./timeout";

/** Returns the provider object of a kind, as Pulumi's dynamic provider process calls it. */
export function providerOf(definition: Definition): Required<dynamic.ResourceProvider<object, object>> {
  return {
    configure: async (request) => configure(request),
    check: (_olds, news) => plainly(checked(definition, opened(news))),
    diff: async (id, olds, news) => diffed(definition, id, opened(olds), opened(news)),
    create: (news) => created(definition, opened(news)),
    read: (id, properties) => plainly(readBack(definition, id, opened(properties ?? {}))),
    update: (id, olds, news) => updated(definition, id, opened(olds), opened(news)),
    delete: (id, properties) => plainly(deleted(definition, id, opened(properties))),
  };
}

/** Pulumi prints the whole value beside the property of a failure, so that the path stands in the reason. */
async function checked(definition: Definition, { visible, passed }: Properties): Promise<dynamic.CheckResult> {
  const { inputs, failures } = check(definition, visible);
  const refused = await refusal();
  const reasons = [
    ...failures.map(({ path, reason }) => (path.length === 0 ? reason : `${show(path)}: ${reason}`)),
    ...timeoutFailures(passed),
    ...(refused === undefined ? [] : [refused]),
  ];
  return {
    inputs: storedInputs(inputs, placesOf(definition, passed), passed),
    failures: reasons.map((reason) => ({ property: "", reason })),
  };
}

/** A difference of inputs is left to Pulumi, which then compares them itself and shows it property by property. */
async function diffed(
  definition: Definition,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<dynamic.DiffResult> {
  takeNote(definition, id, news.visible);
  if (!olds.state) return {};
  const { changes, replaces, deleteBeforeReplace, loss, unsettled } = diff(definition, olds.state, news.visible, id);
  if (loss !== undefined) await warnOf(news.passed, loss);
  // A deletion goes by the timeout that is stored.
  const isUpdate = unsettled || replaces.length > 0 || !equal(olds.passed.__timeouts, news.passed.__timeouts);
  return { ...(changes.length === 0 && { changes: isUpdate }), replaces: [...replaces], deleteBeforeReplace };
}

async function warnOf({ __urn: urn }: JsonObject, line: string): Promise<void> {
  const { voice, silence } = voiceOf(typeof urn === "string" ? urn : undefined, []);
  voice.warn(line);
  await silence();
}

async function created(definition: Definition, news: Properties): Promise<dynamic.CreateResult> {
  const work = during(definition, "create", [news], (operation) => create(definition, operation, news.visible));
  const { id, state } = await keepingId(definition, news.passed, work);
  return { id, outs: storedOutputs(state, placesOf(definition, news.passed), news.passed) };
}

async function readBack(definition: Definition, id: string, olds: Properties): Promise<dynamic.ReadResult> {
  const found = await during(definition, "read", [olds], (operation) => read(definition, operation, id, olds.state));
  // Pulumi would take an empty answer to a lookup for an object.
  if (!found && !olds.state) throw new Error(`${definition.kind} ${id} does not exist, or the token may not see it`);
  if (!found) return { id: "" };
  const places = placesOf(definition, olds.passed);
  return {
    id,
    props: storedOutputs(found, places, olds.passed),
    inputs: storedInputs(found.inputs, places, olds.passed),
  };
}

async function updated(
  definition: Definition,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<dynamic.UpdateResult> {
  const work = during(definition, "update", [news, olds], (operation) =>
    update(definition, operation, id, stateOf(olds), news.visible),
  );
  const after = await keepingId(definition, news.passed, work);
  return { outs: storedOutputs(after, placesOf(definition, news.passed), news.passed) };
}

const deleted = (definition: Definition, id: string, olds: Properties): Promise<void> =>
  during(definition, "delete", [olds], (operation) => remove(definition, operation, id, stateOf(olds)));

/** Without a stored state there is nothing but the outputs. */
const stateOf = ({ state, visible }: Properties): State => state ?? { inputs: {}, outputs: visible, seen: {} };
