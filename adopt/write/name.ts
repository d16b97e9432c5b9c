import { createHash } from "node:crypto";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import type { Adoptable } from "../inventory";
import { type Ids, ownsItsId } from "./id";

/**
 * Returns a name for each object, other than those that are taken. Where objects would have the same name, the older one
 * has it, and the others have their kind or the end of their id as well: what is made later renames nothing, since ids
 * grow with time.
 */
export function namesOf(
  objects: readonly Adoptable[],
  ids: Ids,
  taken: ReadonlySet<string>,
): ReadonlyMap<Adoptable, string> {
  const names = new Map<Adoptable, string>();
  const used = new Set([...taken, ...reserved]);
  for (const object of [...objects].sort(byAge)) {
    const name = candidatesFor(object, ids).find((each) => !used.has(each))!;
    used.add(name);
    names.set(object, name);
  }
  return names;
}

/** Returns a text as a name: small letters of any language and digits, with hyphens between words. */
export function slug(text: string): string {
  const small = text.normalize("NFKC").toLowerCase().normalize("NFKC");
  const kept = [...small].map((letter) => (isKept.test(letter) ? letter : "-"));
  const words = kept.join("").replaceAll(/-+/g, "-");
  return trimmed([...trimmed(words)].slice(0, longest).join(""));
}

/** Returns the last characters of an id, by which people tell objects apart. */
export const endOf = (id: string): string => slug(id.replaceAll(/[^\p{L}\p{N}]/gu, "")).slice(-8);

/** What a program calls a kind: `role-assignment`. */
export const kindWords = (definition: Definition): string =>
  slug(kindName(definition).replaceAll(/(?<=[a-z])[A-Z]/g, "-$&"));

const longest = 40;
const isKept = /(?!\p{Default_Ignorable_Code_Point})(?=\p{ID_Continue})[\p{L}\p{Mn}\p{Mc}\p{Nd}]/u;
const trimmed = (text: string): string => text.replaceAll(/^-+|-+$/g, "");

/** Pulumi's YAML has a variable of this name. */
const reserved = ["pulumi"];

/** What refers to others comes after them. */
function byAge(a: Adoptable, b: Adoptable): number {
  const [before, after] = [a, b].map(
    (object) => `${ownsItsId(object.definition) ? 0 : 1} ${object.id} ${kindName(object.definition)}`,
  );
  return before! < after! ? -1 : before === after ? 0 : 1;
}

function candidatesFor(object: Adoptable, ids: Ids): string[] {
  const kind = kindWords(object.definition);
  const base = baseOf(object, ids);
  const withKind = base === kind || base.endsWith(`-${kind}`) || base.startsWith(`${kind}-`) ? base : `${base}-${kind}`;
  const all = createHash("sha256").update(`${kind} ${object.importId}`).digest("hex");
  return [base, withKind, `${withKind}-${endOf(object.id)}`, `${withKind}-${all.slice(0, 16)}`, `${withKind}-${all}`];
}

/** What people call the object; else what it refers to; else its kind and the end of its id. */
function baseOf({ definition, id, inputs, name }: Adoptable, ids: Ids): string {
  const kind = kindWords(definition);
  const called = ownsItsId(definition) ? slug(name) : "";
  if (called !== "") return called;
  const words = definition.address ? wordsOfAddress(definition.address, id, ids) : wordsOfInputs(inputs, ids);
  if (definition.address && words.length > 1) return words.join("-");
  const isOnlyId = words.length === 0 || (words[0] === endOf(id) && isId.test(id.split("/").at(-1) ?? ""));
  if (!isOnlyId) return [...words, kind].join("-");
  return [kind, ...(definition.address ? words : [endOf(id)])].join("-");
}

/** A part that says of what kind the next one is goes without saying: `resourceType` before `resourceId`. */
function wordsOfAddress(address: readonly string[], id: string, ids: Ids): string[] {
  const texts = id.split("/");
  return address.flatMap((part, i) => {
    const text = texts[i] ?? "";
    const next = address[i + 1] ?? "";
    const isTold = stem(part) !== part && stem(part) === stem(next);
    const isOwn = part === "id" && ids.nameOf(text) === undefined;
    return isOwn || text === ids.organizationId || isTold ? [] : wordOf(text, ids);
  });
}

const stem = (part: string): string => part.replace(/(\.\w+|[A-Z]\w*)$/, "");

const wordsOfInputs = (inputs: JsonObject, ids: Ids): string[] =>
  Object.values(inputs).flatMap((value) =>
    typeof value === "string" && ids.nameOf(value) !== undefined ? wordOf(value, ids) : [],
  );

/** What somebody calls what an id stands for, or the end of the id; a word that is none stays as it is. */
function wordOf(text: string, ids: Ids): string[] {
  const called = slug(ids.nameOf(text) ?? "");
  const word = called === "" ? (isId.test(text) ? endOf(text) : slug(text)) : called;
  return word === "" ? [] : [word];
}

const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
