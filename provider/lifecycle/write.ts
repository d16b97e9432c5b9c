import type { Message } from "@bufbuild/protobuf";
import { changedUnits } from "../mapping/diff";
import { needsRemote, updateRequest } from "../mapping/update-request";
import { ownId } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import { attempt, type Operation } from "../model/operation";
import { isGone } from "../model/phase";
import type { Unit } from "../model/shape";
import type { Known, Written } from "../model/state";
import { objectIn } from "../reading/find";
import { namedRequest } from "../reading/named-request";
import { at, type JsonObject, withAt, withoutAt } from "../value/json";
import { startsWith, steps } from "../value/path";
import { tellingChoices } from "./choices";
import { givesBack, goingBack, keepBefore, settle, unstatedOf, withPartsBack } from "./keep-before";
import { renewalsDue } from "./renewal";
import { askOnce, toldBy } from "./tell";

/**
 * Sends the changed units: with the update call, or with a call of their own. Marks each as written once the server has
 * taken it, so that a later failure does not undo that. What is told once is renewed last, so that no failure is left
 * that could keep its answer from the state.
 */
export async function write(
  definition: Definition,
  operation: Operation,
  id: string,
  news: JsonObject,
  known: Known,
): Promise<Written> {
  const { client, clock, signal } = operation;
  if (givesBack(definition))
    keepBefore(definition, operation, id, changedUnits(definition, known.inputs, news), news, known);
  const units = changedUnits(definition, known.inputs, news);
  let written: Written = { calls: 0 };
  const send = async (
    attempted: string,
    method: Method,
    request: JsonObject,
    sent: readonly Unit[],
    repeatable = false,
  ): Promise<Message> => {
    const call = namedRequest(definition, operation, method, id, known.remote[ownId]).then((name) =>
      client.call(method, { ...name, ...request }, { signal, repeatable }),
    );
    const called = attempt(operation, attempted, call);
    const answer = await tellingChoices(definition, operation, news, called);
    const remote = objectIn(definition, method, answer, id);
    const isOurs = remote?.id === id && !isGone(definition, remote, clock.now());
    written = { calls: written.calls + 1, ...(isOurs && { remote }) };
    known.inputs = sent.reduce((inputs, { path }) => {
      const value = at(news, path);
      return value === undefined ? withoutAt(inputs, path) : withAt(inputs, path, value);
    }, known.inputs);
    return answer;
  };
  const gone = givesBack(definition) && units.length > 0 ? unstatedOf(definition, known.seen, [{ inputs: news }]) : [];
  const back = goingBack(definition, operation, id, gone, known);
  const changed = [...new Set([...units, ...gone])].filter((unit) => unit.update);
  const request = updateRequest(definition, changed, { ...withPartsBack(definition, units, news, known), news, back });
  if (request && definition.update)
    await send(`could not update ${definition.kind} ${id}`, definition.update, request, changed);
  if (givesBack(definition)) known.seen = settle(known, units, gone, news);
  for (const unit of units) {
    const { extra, path } = unit;
    const value = at(news, path);
    if (extra?.on !== "write" || extra.field === undefined || value === undefined) continue;
    const attempted = `could not set ${path.join(".")} of ${definition.kind} ${id}`;
    await send(attempted, extra.method, { [extra.field]: value }, [unit]);
  }
  for (const { method, request, changed } of renewalsDue(definition, units, news, known)) {
    const attempted = `could not renew ${Object.keys(definition.once ?? {}).join(", ")} of ${definition.kind} ${id}`;
    // Another renewal does what the first one has done.
    const answer = await send(attempted, method, request, changed, true);
    known.told = toldBy(definition, operation, method, answer);
    known.seen = { ...known.seen, untold: true };
  }
  if (!known.seen.untold) return written;
  await askOnce(definition, operation, id, known);
  const { untold: _, ...seen } = known.seen;
  known.seen = seen;
  return written;
}

/** Whether the object has to be read before it is written: for the request, for its phase, or since no call is made. */
export function mustRead(definition: Definition, olds: JsonObject, news: JsonObject): boolean {
  const units = changedUnits(definition, olds, news);
  return (
    needsRemote(definition, units, news) ||
    units.some((unit) => isBound(definition, unit)) ||
    !units.some((unit) => unit.update || isSentAlone(unit, news))
  );
}

/** Whether a change of a unit makes a call of its own. */
const isSentAlone = ({ extra, path }: Unit, news: JsonObject): boolean =>
  extra?.on === "change" || (extra?.on === "write" && at(news, path) !== undefined);

/** Whether a unit changes only while the object is in certain phases. */
export function isBound({ phase }: Definition, unit: Unit): boolean {
  const inputs = phase?.onlyIn?.inputs;
  return inputs !== undefined && unit.name !== phase?.desired && startsWith(unit.path, steps(inputs));
}
