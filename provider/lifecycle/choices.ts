import { Code } from "@connectrpc/connect";
import { ApiError } from "../client/error/api-error";
import { redact } from "../client/error/redact";
import type { Choice, Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { entriesOf } from "../reading/pages";
import { allAt, isObject, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { plainLine } from "../value/plain-line";

/**
 * Waits for a write; where the API refuses it, and an input names nothing of what there is to choose from, or says
 * nothing at all, the choice is told.
 */
export async function tellingChoices<T>(
  definition: Definition,
  operation: Operation,
  inputs: JsonObject,
  write: Promise<T>,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof ApiError) || !refusals.includes(error.code)) throw error;
    const all = Object.entries<Choice | undefined>(definition.choices ?? {});
    const told = await Promise.all(all.map(([path, choice]) => choice && choiceOf(operation, inputs, path, choice)));
    throw new ApiError(told.filter(Boolean).reduce(appended, error.message), error.code, error.cause);
  }
}

const appended = (text: string, line = ""): string => `${text}${/[.!?]$/.test(text) ? "" : "."} ${line}`;

const refusals = [Code.InvalidArgument, Code.NotFound, Code.FailedPrecondition];

async function choiceOf(operation: Operation, inputs: JsonObject, path: string, choice: Choice): Promise<string> {
  const stated = allAt(inputs, steps(path));
  // A look that fails as well says less than the refusal.
  const choices = await choicesIn(operation, choice).catch(() => []);
  const strange = stated.filter((id) => !choices.some((known) => known.id === id));
  const isOpen = stated.length === 0 && !path.includes("[]");
  if (choices.length === 0 || (strange.length === 0 && !isOpen)) return "";
  const names = choices.slice(0, mostNames).map(({ id, displayName, name }) => `${id} (${displayName ?? name})`);
  const more = choices.length > mostNames ? ", …" : "";
  const line = `${path} ${isOpen ? "is not set" : `names ${strange.join(", ")}`}; choose one of ${names.join(", ")}${more}.`;
  return plainLine(redact(line, operation.secrets));
}

const mostNames = 20;

/** Nothing where there are more than one page has, since nobody chooses from so many by a message. */
async function choicesIn(operation: Operation, { list, filter = {} }: Choice): Promise<JsonObject[]> {
  const f = list.output.fields.find(({ fieldKind }) => fieldKind === "list");
  const page = f && (await entriesOf({ list, f }, operation, { filter }).next()).value;
  return page?.next === "" ? page.entries.filter(isObject) : [];
}
