import { createHash } from "node:crypto";
import {
  type CheckRequest_AutonamingOptions as AutonamingOptions,
  CheckRequest_AutonamingOptions_Mode as Mode,
} from "../../proto/gen/pulumi/provider_pb";
import { violationsOf } from "../check/violations";
import type { Definition } from "../model/definition";
import { field } from "../model/descriptor";
import { createMethod, createMethods, factsOf, ownMessages } from "../model/shape";
import type { Properties } from "../pulumi/stored-properties";
import { resourceName } from "../value/urn";
import { withSecretAt } from "./properties";

/** Whether objects of a kind have a name for people, which may be that of the resource; one that is a key means more. */
export const canBeNamed = (definition: Definition): boolean =>
  definition.create !== undefined &&
  factsOf(definition).inputs.has(nameInput) &&
  createMethods(definition).some(({ input }) => field(input, nameInput) !== undefined) &&
  !(definition.naturalKey ?? []).includes(nameInput);

/** Whether the plugin names an object that the program does not name; where the API does that itself, it is asked to. */
export const isAlwaysNamed = (definition: Definition): boolean =>
  canBeNamed(definition) && (definition.required ?? []).includes(nameInput);

/**
 * Gives an object a name that the program does not name: the one it has, else what the stack's settings for names say,
 * else that of the resource. It is the same in a preview and in the run after it, unless the settings make it random.
 */
export function named(
  definition: Definition,
  news: Properties,
  olds: Properties,
  urn: string,
  settings: Pick<AutonamingOptions, "mode" | "proposedName"> | undefined,
): Properties {
  const isStated = (news.visible[nameInput] ?? null) !== null;
  if (isStated || !canBeNamed(definition) || news.visible.adopt) return news;
  if (Object.keys(olds.visible).length > 0) return withKept(news, olds);
  const name = newName(definition, urn, settings);
  return name === undefined ? news : { ...news, visible: { ...news.visible, [nameInput]: name } };
}

/** What has no name that Pulumi knows keeps the one that the server has given it. */
function withKept(news: Properties, olds: Properties): Properties {
  const name = olds.visible[nameInput];
  if (name === undefined) return news;
  return withSecretAt([nameInput], { ...news, visible: { ...news.visible, [nameInput]: name } }, olds);
}

function newName(
  definition: Definition,
  urn: string,
  settings: Pick<AutonamingOptions, "mode" | "proposedName"> | undefined,
): string | undefined {
  if (!settings) return isAlwaysNamed(definition) ? fitting(definition, resourceName(urn), urn) : undefined;
  const { mode, proposedName } = settings;
  if (mode === Mode.DISABLE) return undefined;
  return mode === Mode.PROPOSE ? fitting(definition, proposedName, urn) : proposedName;
}

/**
 * Returns a name that the rules of the proto accept: as it is, or with an ending that stands for the resource, cut where
 * it is too long. Where no such name is accepted, the rules say why.
 */
function fitting(definition: Definition, name: string, urn: string): string {
  const ending = createHash("sha256").update(urn).digest("hex").slice(0, 7);
  const letters = Array.from(name);
  const ended = [...letters, ""].map((_, i) => `${letters.slice(0, letters.length - i).join("")}-${ending}`);
  return [name, ...ended].find((candidate) => isAccepted(definition, candidate)) ?? name;
}

const isAccepted = (definition: Definition, name: string): boolean =>
  [createMethod(definition, () => false).input, ...ownMessages(definition)]
    .filter((message) => field(message, nameInput))
    .flatMap((message) => violationsOf(message, { [nameInput]: name }))
    .every(({ path: [first] }) => first !== nameInput);

const nameInput = "name";
