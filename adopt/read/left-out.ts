import type { Identity } from "../../provider/client/api";
import type { Definition } from "../../provider/model/definition";
import { creatorOf } from "../../provider/model/remote-object";
import { factsOf } from "../../provider/model/shape";
import { isTellable } from "../../provider/model/told-once";
import { accountOf } from "../../provider/reading/acting";
import { at, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { labelOf, type Owner } from "./scope";

/** Returns why no object of a kind is taken over, where that is so. */
export function whyNone(definition: Definition): string | undefined {
  const { create, update, get, list, findAll, address, phase, composed } = definition;
  if (composed?.membersOf) return "What it consists of is taken over one by one.";
  if (phase?.mayVanish) return "It is a run that comes to its end, of which nothing is left to manage.";
  if (!create && !update) return "It only waits for something that is managed elsewhere.";
  if (!isTellable(definition))
    return "It is made for a secret that is told once, to whoever makes it, so that a program makes its own.";
  if (!list && !findAll && !(get && address)) return "No call lists what there is.";
  return undefined;
}

/** Returns which objects of a kind nothing shows to this token, where there may be such. */
export function whyNotAll(definition: Definition): string | undefined {
  if (definition.as)
    return "Those of service accounts are shown to the account alone, in whose name a token would have to be made: import one as ACCOUNT/ID.";
  const { inputs } = factsOf(definition);
  const isPersonal = definition.within?.some((path) => inputs.get(path)?.message?.field.userId !== undefined);
  return isPersonal ? "Those of other people are shown to them alone." : undefined;
}

/** Returns why an object is not taken over, where that is so. */
export function whyLeftOut(
  definition: Definition,
  object: JsonObject,
  { who, whole }: { readonly who: Identity; readonly whole?: Owner },
): string | undefined {
  for (const [flag, reason] of Object.entries(flags)) if (object[flag] === true) return reason;
  for (const [path, reasons = {}] of Object.entries(definition.unmanaged ?? {})) {
    const reason = reasons[String(at(object, steps(path)) ?? "")];
    if (reason !== undefined) return reason;
  }
  const home = at(object, ["organizationId"]) ?? at(object, ["metadata", "organizationId"]);
  if (home !== undefined && who.organizationId !== undefined && home !== who.organizationId)
    return "It belongs to the platform or to another organization.";
  if (whole?.unmanaged !== undefined) return `It is part of ${labelOf(whole)}. ${whole.unmanaged}`;
  const { archived } = definition.phase ?? {};
  if (archived && at(object, steps(archived.at)) !== undefined) return "It is archived.";
  const account = accountOf(definition, { remote: object });
  if (account !== undefined && account !== who.subjectId)
    return `It is the business of the service account ${account} alone.`;
  const creator = definition.creatorOnly ? creatorOf(object) : undefined;
  if (creator !== undefined && creator !== who.subjectId)
    return `It belongs to somebody else, ${creator}, and nobody else may change it.`;
  return undefined;
}

/** Flags by which the API says of an object that no caller changes it, and what they say. */
const flags = {
  systemManaged: "The platform manages it, so that callers cannot change it.",
  directShare: "It stands for something that is shared with a single user or service account.",
};
