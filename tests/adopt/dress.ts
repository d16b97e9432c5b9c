import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { pattern, startsWith, steps } from "../../provider/value/path";
import { cagesOf, changed, textsIn } from "../core/canary";
import { housed } from "../kinds/housed";
import { names, texts } from "./text";

/** Stands in inputs for any text that the API takes. */
export const anything = "canary-of-anything";

/** Draws a number below another one. */
export type Dice = (below: number) => number;

/** Makes the inputs of objects of what is stated of them. */
export interface Wardrobe {
  /** Every secret that was put into inputs. */
  readonly canaries: readonly string[];
  /** What is stated, with texts as people write them, and canaries where they are secret. */
  dressed(definition: Definition, stated: JsonObject): JsonObject;
  /** The same with everything else that takes a text. */
  overdressed(definition: Definition, stated: JsonObject): JsonObject;
  /** The same with texts that no server refuses. */
  plain(definition: Definition, stated: JsonObject): JsonObject;
}

/** Opens a wardrobe; a seed always leads to the same clothes. */
export function openWardrobe(draw: Dice, seed: number): Wardrobe {
  const canaries: string[] = [];
  const known = new Map<string, boolean>();
  const drawn = (pool: readonly string[]): string => pool[draw(pool.length)] ?? "";

  const isFit = (definition: Definition, inputs: JsonObject, path: string, text: string): boolean => {
    const key = JSON.stringify([kindName(definition), path, text]);
    const is = known.get(key) ?? fits(definition, inputs);
    known.set(key, is);
    return is;
  };

  const wear = (definition: Definition, inputs: JsonObject, pools: (place: string) => readonly string[]): JsonObject =>
    textsIn(inputs, []).reduce<JsonObject>((worn, [path, text]) => {
      if (!text.includes("canary")) return worn;
      const place = pattern(path);
      if (isSensitive(definition, place)) {
        const stem = `canary${seed}n${canaries.length}z`;
        // Bytes have one spelling in base64, whose length is a multiple of four.
        const canary = stem.padEnd(Math.ceil(stem.length / 4) * 4, "z");
        canaries.push(canary);
        return changed(worn, path, text.replace(/canary[-\w]*/, canary)) as JsonObject;
      }
      const pool = pools(place);
      const with_ = (other: string) => changed(worn, path, other) as JsonObject;
      const chosen = [drawn(pool), drawn(pool), drawn(names), "Plain", "plain"].find((other) =>
        isFit(definition, with_(other), place, other),
      );
      return with_(chosen ?? text);
    }, inputs);

  const poolOf = (place: string): readonly string[] => (/name$/i.test(place) ? names : texts);
  return {
    canaries,
    dressed: (definition, stated) => wear(definition, stated, poolOf),
    overdressed(definition, stated) {
      const all = cages.get(definition) ?? cagesOf(definition, "").map(({ inputs }) => inputs);
      cages.set(definition, all);
      const cage = all[draw(all.length)];
      const more = cage ? around(stated, housed(definition, cage, stated)) : stated;
      const lonely = (unlessStated[kindName(definition)] ?? []).filter((name) => stated[name] === undefined);
      const { ...inputs } = isObject(more) ? more : stated;
      for (const name of lonely) delete inputs[name];
      return wear(definition, fits(definition, inputs) ? inputs : stated, poolOf);
    },
    plain: (definition, stated) => wear(definition, stated, () => ["Plain", "plain"]),
  };
}

/** What takes a text in each kind, which takes a while to find out. */
const cages = new Map<Definition, readonly JsonObject[]>();

/** What a server takes only with other values than any text. */
const unlessStated: Readonly<Record<string, readonly string[]>> = {
  SsoConfiguration: ["emailDomain", "emailDomains"],
  Webhook: ["scopes", "organizationScope", "triggers"],
};

/** Whether a path is one of those that are secret, or leads there. */
const isSensitive = ({ sensitive = [] }: Definition, place: string): boolean =>
  sensitive.some((secret) => startsWith(steps(place), steps(secret)));

const fits = (definition: Definition, inputs: JsonObject): boolean => check(definition, inputs).failures.length === 0;

/** A value around what is stated: that stays where it says something. */
function around(stated: Json | undefined, all: Json): Json {
  if (stated === undefined || stated === anything) return all;
  if (Array.isArray(all) && Array.isArray(stated)) return stated.map((entry, i) => around(entry, all[i] ?? entry));
  if (isObject(all) && isObject(stated))
    return {
      ...stated,
      ...Object.fromEntries(Object.entries(all).map(([name, part]) => [name, around(stated[name], part)])),
    };
  return stated;
}
