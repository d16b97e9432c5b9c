import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import {
  at,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  put,
  type Step,
  withAt,
  withoutAt,
} from "../../provider/value/json";
import { pattern, steps } from "../../provider/value/path";
import { changed, textsIn } from "../core/canary";
import { chosen, isId } from "./derive";

/**
 * Returns the inputs of a cage as a server takes them: the canaries stay, and the rest is as it is stated, ids and the
 * phase above all. What is not stated is left out where it may be.
 */
export function housed(definition: Definition, caged: JsonObject, stated: JsonObject): JsonObject {
  const fits = (inputs: JsonObject): boolean => check(definition, inputs).failures.length === 0;
  const platforms = new Set(chosen(definition));
  const forms = [(): undefined => undefined, (part: Json) => part].map((unstated) => {
    const inputs = within(caged, stated, { unstated, platforms, path: [] }) as JsonObject;
    const desired = steps(definition.phase?.desired ?? "");
    const phase = at(stated, desired);
    if (definition.phase?.desired !== undefined && phase !== undefined) put(inputs, desired, phase);
    return inputs;
  });
  const left = forms.find(fits) ?? caged;
  const chosenForm = (unlessStated[kindName(definition)] ?? [])
    .map(steps)
    .filter((path) => at(stated, path) === undefined)
    .reduce<JsonObject>(withoutAt, left);
  const understood = Object.entries(partOf[kindName(definition)] ?? {}).reduce<JsonObject>((inputs, [name, whole]) => {
    const [text, own] = [inputs, stated].map((some) => at(some, steps(name)));
    return text === undefined ? inputs : withAt(inputs, steps(name), whole(String(text), String(own)));
  }, chosenForm);
  // A choice that has no text is in no cage, and some servers ask for one.
  return missingIn(understood, stated, []).reduce((inputs, [path, part]) => {
    const more = changed(inputs, path, part) as JsonObject;
    return fits(more) ? more : inputs;
  }, understood);
}

/** What a server takes only as a part of a text that it understands, or as something that it has. */
const partOf: Readonly<Record<string, Readonly<Record<string, (text: string, stated: string) => string>>>> = {
  "experimental:Workspace": {
    contextUrl: (text, stated) => `TOKEN=${text}/${stated}`,
    "startSpec.workspaceClass": (_, stated) => stated,
  },
};

/** What a server takes only in the place of what is stated, or as the id of something, as no rule of a proto says. */
const unlessStated: Readonly<Record<string, readonly string[]>> = {
  Webhook: ["organizationScope"],
  OrganizationPolicies: ["agentPolicy.scmToolsAllowedGroupId"],
};

/** What is stated and not there, at the outermost paths. */
function missingIn(there: Json, stated: Json, path: Path): [Path, Json][] {
  const [some, all] = [there, stated].map((value) => (isObject(value) || Array.isArray(value) ? value : undefined));
  if (!some || !all || Array.isArray(some) !== Array.isArray(all)) return [];
  return Object.entries(all).flatMap(([name, part]): [Path, Json][] => {
    const step = Array.isArray(all) ? Number(name) : name;
    const known = at(some, [step]);
    if (known !== undefined) return missingIn(known, part, [...path, step]);
    return typeof step === "number" ? [] : [[[...path, step], part]];
  });
}

interface Housing {
  readonly unstated: (part: Json) => Json | undefined;
  /** The paths of what the platform alone gives names to. */
  readonly platforms: ReadonlySet<string>;
  readonly path: Path;
}

function within(caged: Json, stated: Json | undefined, housing: Housing): Json | undefined {
  const { unstated, platforms, path } = housing;
  const below = (step: Step): Housing => ({ ...housing, path: [...path, step] });
  if (stated !== undefined && (isOfIds(stated) || platforms.has(pattern(path)))) return stated;
  if (!textsIn(caged, []).some(([, text]) => text.includes("canary"))) return stated ?? unstated(caged);
  if (Array.isArray(caged) && Array.isArray(stated))
    return caged.flatMap((entry, i) => within(entry, stated[i] ?? stated[0], below(i)) ?? []);
  if (!isObject(caged) || !isObject(stated)) return caged;
  const parts = [
    ...Object.entries(caged).map(([name, part]) => [name, within(part, stated[name], below(name))] as const),
    ...Object.entries(stated).filter(([name, part]) => !(name in caged) && isOfIds(part)),
  ];
  return Object.fromEntries(parts.flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])));
}

/** Whether a value has ids and nothing else. */
function isOfIds(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isOfIds);
  if (isObject(value)) return Object.keys(value).length > 0 && Object.values(value).every(isOfIds);
  return typeof value === "string" && isId.test(value);
}
