import type { DescField } from "@bufbuild/protobuf";
import type { Definition } from "../../provider/model/definition";
import { isLeaf } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { at, type Path } from "../../provider/value/json";
import { allInputs } from "./sample";

/** An input that has no parts. */
export interface Leaf {
  readonly field: DescField;
  /** Its place where all inputs are stated, in the first entry of lists and maps. */
  readonly path: Path;
  /** The names that lead there, for choices on the way. */
  readonly route: readonly string[];
  /** The field at each step of the place; none where a step leads to an entry. */
  readonly fields: readonly (DescField | undefined)[];
}

/** Every scalar, named value, duration, time and message without parts among the inputs. */
export function leavesOf(definition: Definition): Leaf[] {
  const { inputs, notInputs } = factsOf(definition);
  const forms = Object.values(definition.sources ?? {}).flatMap((of) => Object.keys(of ?? {}));
  const below = (field: DescField, { path, route, fields: before }: Omit<Leaf, "field">): Leaf[] => {
    if (field.deprecated || notInputs.has(route.join(".")) || route.length > 8) return [];
    const isList = field.fieldKind === "list";
    const [key] = field.fieldKind === "map" ? Object.keys(at(allInputs(definition, route), path) ?? {}) : [];
    const place = isList ? [...path, 0] : key === undefined ? path : [...path, key];
    const onwards = isList ? [...route.slice(0, -1), `${route.at(-1)}[]`] : route;
    const fields = [...before, field, ...(place === path ? [] : [undefined])];
    const parts = field.message && !isLeaf(field.message) ? field.message.fields : [];
    if (parts.length === 0) return [{ field, path: place, route, fields }];
    return parts.flatMap((inner) =>
      below(inner, { path: [...place, inner.jsonName], route: [...onwards, inner.jsonName], fields }),
    );
  };
  return [...inputs]
    .filter(([name]) => !forms.includes(name))
    .flatMap(([name, field]) => below(field, { path: [name], route: [name], fields: [] }));
}

/** Whether a step of the place of a leaf is the key of an entry of a map. */
export const isKey = ({ fields }: Leaf, step: number): boolean => fields[step - 1]?.fieldKind === "map";

/** The members of the choice of which a step of the place of a leaf is one. */
export const membersAt = ({ fields }: Leaf, step: number): string[] =>
  fields[step]?.oneof?.fields.map(({ jsonName }) => jsonName) ?? [];
