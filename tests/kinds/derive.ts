import { classicIds, ids } from "../../emulator";
import { check } from "../../provider/check/check";
import { diff } from "../../provider/mapping/diff";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { createMemory } from "../../provider/model/run-memory";
import * as resources from "../../provider/resources";
import { isObject, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { pattern } from "../../provider/value/path";
import { changed } from "../core/canary";
import { objectOf } from "../core/sample";
import { exampleOf } from "./example";
import type { Need, Subject } from "./subject";

/** What the example of a kind says of it, with what that needs. */
export interface Derived extends Omit<Subject, "table" | "calls"> {
  readonly needs: readonly Need[];
}

/** Makes a subject of the example of a kind: each of its values is changed, as far as the kind allows. */
export function derive(definition: Definition): Derived {
  const example = exampleOf(definition);
  const place = example.findIndex(({ kind }) => kind === kindName(definition));
  const { inputs } = check(definition, { ...renewing(definition), ...example[place]?.inputs });
  const changes = changesOf(inputs, new Set(chosen(definition)));
  const changedIn = (effect: Effect) => (news: JsonObject, change: (of: JsonObject) => JsonObject) => {
    const checked = check(definition, change(news));
    const isSo = checked.failures.length === 0 && effectOf(definition, inputs, checked.inputs) === effect;
    return isSo ? checked.inputs : news;
  };
  const updated = changes.reduce(changedIn("update"), inputs);
  const replaced = changes.map((change) => changedIn("replace")(inputs, change)).find((news) => news !== inputs);
  return {
    needs: example.slice(0, place).map(({ kind, name, inputs: stated }) => ({
      name,
      definition: definitionOf(kind),
      // Several examples may give one name, which in one program would look like what a lost create has left.
      inputs: typeof stated.name === "string" ? { ...stated, name: `${stated.name} of ${definition.kind}` } : stated,
    })),
    inputs,
    ...(updated !== inputs && { updated }),
    ...(replaced && { replaced }),
  };
}

/** What has a secret made anew when it changes, which an example hardly shows. */
const renewing = ({ extra = {} }: Definition): JsonObject =>
  Object.fromEntries(
    Object.entries(extra).flatMap(([name, { on, field }]) =>
      on === "change" && field === undefined ? [[name, { round: "1" }]] : [],
    ),
  );

function definitionOf(kind: string): Definition {
  const found = Object.values<Definition>(resources).find((each) => kindName(each) === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
}

type Effect = "update" | "replace" | "none";

function effectOf(definition: Definition, olds: JsonObject, news: JsonObject): Effect {
  const seen = { organizationId: ids.organization, subjectId: ids.organization, ready: true };
  const { changes, replaces } = diff(
    createMemory(),
    definition,
    { inputs: olds, outputs: objectOf(definition, olds), seen },
    news,
  );
  return replaces.length > 0 ? "replace" : changes.length > 0 ? "update" : "none";
}

/** The paths of what the platform alone gives names to: what is chosen from a list of its own, and the keys of settings. */
export const chosen = ({ choices = {}, mergeBy = {} }: Definition): string[] => [
  ...Object.keys(choices),
  ...Object.entries(mergeBy).map(([path, merge]) => `${path}[].${merge?.key}`),
];

/**
 * Changes of each value of some inputs, and of each name of a map; ids of other objects stay, but for a class, and so do
 * values at the paths that are given.
 */
function changesOf(inputs: JsonObject, fixed: ReadonlySet<string>): ((of: JsonObject) => JsonObject)[] {
  const at = (path: Path, value: Json) => (of: JsonObject) => changed(of, path, value) as JsonObject;
  const within = (value: Json, path: Path): ((of: JsonObject) => JsonObject)[] => {
    if (Array.isArray(value)) return value.flatMap((entry, i) => within(entry, [...path, i]));
    if (isObject(value))
      return Object.entries(value).flatMap(([name, part]) => [
        ...within(part, [...path, name]),
        (of: JsonObject) => changed(changed(of, [...path, name]), [...path, `${name}2`], part) as JsonObject,
      ]);
    if (value === ids.smallClass) return [at(path, ids.largeClass)];
    if (fixed.has(pattern(path))) return [];
    if (typeof value === "number") return [at(path, value + 1)];
    if (typeof value !== "string") return [];
    if (others[value] !== undefined) return [at(path, others[value])];
    return isId.test(value) ? [] : [at(path, `${value}2`)];
  };
  return within(inputs, []);
}

/** Who and what takes the place of what an example names. */
const others: Readonly<Record<string, string>> = {
  [ids.owner]: ids.colleague,
  [ids.colleague]: ids.owner,
  [classicIds.member]: classicIds.stranger,
  ORGANIZATION_ROLE_ADMIN: "ORGANIZATION_ROLE_MEMBER",
  TEAM_ROLE_MEMBER: "TEAM_ROLE_OWNER",
};

/** What ids look like. */
export const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
