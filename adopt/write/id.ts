import type { Definition } from "../../provider/model/definition";
import { idName } from "../../provider/model/shape";
import type { Adoptable, Inventory } from "../inventory";

/** What is known of ids that inputs may have. */
export interface Ids {
  readonly organizationId: string;
  /** Returns the object that has an id as its own. */
  readonly objectOf: (id: string) => Adoptable | undefined;
  /** Returns what people call the object or the person of an id; undefined where it has no name. */
  readonly nameOf: (id: string) => string | undefined;
}

/** Collects the ids of an account. */
export function idsOf({ organizationId, objects }: Inventory): Ids {
  const owners = new Map(
    objects.filter(({ definition }) => ownsItsId(definition)).map((object) => [object.id, object]),
  );
  const members = new Map(objects.flatMap(memberOf));
  return {
    organizationId,
    objectOf: (id) => owners.get(id),
    nameOf: (id) => owners.get(id)?.name || members.get(id) || undefined,
  };
}

/**
 * Whether an object has an id of its own. One that is known by its address has those of others; the only object of an
 * organization has the organization's, which is the organization's own.
 */
export const ownsItsId = (definition: Definition): boolean =>
  !definition.address || (definition.address.length === 1 && definition.address[0] === idName(definition));

/** What belongs to another object by its address, such as a membership, is called like the last part of it. */
function memberOf({ definition, name, id }: Adoptable): [string, string][] {
  const last = id.split("/").at(-1);
  return (definition.address ?? []).length > 1 && name !== "" && last ? [[last, name]] : [];
}
