import { type JsonObject, present } from "../value/json";
import type { Definition } from "./definition";
import type { Unit } from "./shape";

/** Returns the secrets among outputs that were told once. */
export const toldIn = ({ once = {} }: Definition, outputs: JsonObject): JsonObject =>
  present(Object.fromEntries(Object.keys(once).map((name) => [name, outputs[name]])));

/** Whether something is told once that nothing has told. */
export const isUntold = ({ once = {} }: Definition, told: JsonObject): boolean =>
  Object.keys(once).some((name) => told[name] === undefined);

/** Whether an object shows another secret than the one that was told, so that somebody has made it anew since. */
export const isToldAnew = ({ once = {} }: Definition, remote: JsonObject, before: JsonObject = {}): boolean =>
  Object.keys(once).some(
    (name) => remote[name] !== undefined && before[name] !== undefined && remote[name] !== before[name],
  );

/** Whether what is told once of an object can be told later: by a call of its own, or by one that renews it. */
export const isTellable = ({ once = {}, extra = {} }: Definition): boolean =>
  Object.values(once).every((how) => how !== "answer") || Object.values(extra).some(({ on }) => on === "change");

/** Whether what is told once can be read at any time, although no answer shows it. */
export const isReadable = ({ once = {} }: Definition): boolean => Object.values(once).some((how) => how !== "answer");

/** The inputs with which a program has made anew what is told once, where no call reads it. */
export const renewingInputs = (definition: Definition): string[] =>
  isReadable(definition)
    ? []
    : Object.entries(definition.extra ?? {}).flatMap(([name, { on }]) => (on === "change" ? [name] : []));

/** Whether a change of these units renews what is told once. */
export const isRenewed = (units: readonly Unit[]): boolean => units.some(({ extra }) => extra?.on === "change");
