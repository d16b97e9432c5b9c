import { suggestion } from "../../provider/check/suggestion";
import { addressOf } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { idName } from "../../provider/model/shape";
import { loaders } from "../../provider/resources/loaders";

/** All kinds, in the order in which an inventory has them. */
export const allKinds = (): Definition[] => Object.values(loaders).map((load) => load());

/** Returns how programs name a kind: `Team`, or `experimental.Team`. */
export const titleOf = (definition: Definition): string => kindName(definition).replace(":", ".");

/** Returns the kinds of these names. */
export function kindsNamed(names: readonly string[]): Definition[] {
  const known = new Map(allKinds().map((definition) => [titleOf(definition), definition]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(unknown.map((name) => `there is no kind ${name}${suggestion(name, [...known.keys()])}`).join("; "));
  return [...known].flatMap(([title, definition]) => (names.includes(title) ? [definition] : []));
}

/**
 * Returns the kind whose ids an input has: the one of its name, as Project is of `projectId`, else the one of which the
 * organization has one for each, as members of `userId`.
 */
export function kindOfId({ module }: Definition, name: string): Definition | undefined {
  const near = allKinds().filter((definition) => definition.module === module);
  return (
    near.find((definition) => !definition.address && idName(definition) === name) ??
    near.find((definition) => definition.list && addressOf(definition, { organizationId: "-", [name]: "-" }) === "-/-")
  );
}
