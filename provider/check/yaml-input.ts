import { resolve } from "node:path";
import type { Definition } from "../model/definition";
import { isUnknown, type JsonObject, unknown } from "../value/json";
import { show } from "../value/path";
import { plainText, readText } from "../value/text-file";
import type { Failure } from "./canonical";
import { noText } from "./scalar";
import type * as Yaml from "./yaml";

/** Inputs in which what a text or a file says stands where it belongs. */
export interface Sourced {
  readonly inputs: JsonObject;
  readonly failures: readonly Failure[];
  /** The inputs that a text or a file has said, in which nothing may be left open. */
  readonly texts: readonly string[];
  /** Tells a failure by line and column, where its path leads into a text. */
  readonly located: (failure: Failure) => Failure;
}

/**
 * Puts what a text or a file says in the place of the input that it stands for. A file is read from the machine on which
 * the program runs, so that its content is compared and stored, and never its name.
 */
export function sourced(definition: Definition, given: JsonObject): Sourced {
  const all = Object.entries(definition.sources ?? {});
  return all.reduce<Sourced>(({ inputs, failures, texts, located }, [input, forms = {}]) => {
    const next = sourceOf(input, forms, inputs);
    return {
      inputs: next.inputs,
      failures: [...failures, ...next.failures],
      texts: [...texts, ...next.texts],
      located: (failure) => next.located(located(failure)),
    };
  }, asGiven(given));
}

interface Forms {
  readonly [name: string]: "text" | "file";
}

function sourceOf(input: string, forms: Forms, given: JsonObject): Sourced {
  const names = [input, ...Object.keys(forms)];
  const stated = names.filter((name) => given[name] !== undefined && given[name] !== null);
  const [name] = stated;
  const others = Object.fromEntries(Object.entries(given).filter(([other]) => !names.includes(other)));
  const unread = (path: Failure["path"], reason: string): Sourced => ({
    inputs: { ...others, [input]: unknown },
    failures: [{ path, reason }],
    texts: [],
    located: asIs,
  });
  if (name === undefined) return unread([], `one of ${names.join(", ")} must be set`);
  if (stated.length > 1) return unread([], `only one of ${stated.join(", ")} can be set`);
  const form = forms[name];
  const value = given[name]!;
  if (form === undefined) return asGiven(given);
  if (isUnknown(value)) return asGiven({ ...others, [input]: unknown });
  if (typeof value !== "string") return unread([name], noText(value));
  const text = form === "file" ? contentOf(value) : { content: plainText(value) };
  if ("reason" in text) return unread([name], text.reason);
  return readIn(input, form === "file" ? value : name, text.content, others);
}

function readIn(input: string, label: string, text: string, others: JsonObject): Sourced {
  // Loaded with the first text there is.
  const { readYaml }: typeof Yaml = require("./yaml");
  const { value, problems: wrong, spotOf } = readYaml(text);
  const at = ({ line, column }: Yaml.Spot): string => `${label}, line ${line}, column ${column}`;
  // A variable that is not set must not delete everything.
  const isEmpty = wrong.length === 0 && (value === undefined || value === null);
  const problems = isEmpty ? [{ spot: spotOf([]), reason: "is empty; {} says that nothing is declared" }] : wrong;
  return {
    inputs: { ...others, [input]: problems.length > 0 ? unknown : value! },
    failures: problems.map(({ spot, reason }) => ({ path: [], reason: `${at(spot)}: ${reason}` })),
    texts: [input],
    located(failure) {
      const [first, ...path] = failure.path;
      if (first !== input) return failure;
      const place = path.length > 0 ? `${show(path)}: ` : "";
      return { path: [], reason: `${at(spotOf(path, failure.isName))}: ${place}${failure.reason}` };
    },
  };
}

function contentOf(file: string): { content: string } | { reason: string } {
  try {
    return { content: readText(file) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { reason: `there is no file ${resolve(file)}` };
    return { reason: code === "EISDIR" ? `${resolve(file)} is a folder` : `cannot be read: ${message}` };
  }
}

const asGiven = (inputs: JsonObject): Sourced => ({ inputs, failures: [], texts: [], located: asIs });

const asIs = (failure: Failure): Failure => failure;
