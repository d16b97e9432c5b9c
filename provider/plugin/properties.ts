import { upToList } from "../mapping/secret-paths";
import type { Definition } from "../model/definition";
import { type Properties, parted, pathsIn } from "../pulumi/stored-properties";
import type { Json, JsonObject, Path } from "../value/json";
import { startsWith, steps } from "../value/path";
import { open } from "./envelope";

/**
 * Takes properties apart as the dynamic adapter does. What a class passes along there comes from the request here: the
 * URN, and where secrets stand.
 */
export function propertiesIn(definition: Definition, properties: JsonObject | undefined, urn: string): Properties {
  const { value, secrets } = open(properties);
  const { passed, ...others } = parted(value);
  const { state } = others;
  // Outputs carry the paths of secret inputs along, and what is always secret is nothing that the program says.
  const isSaid = (path: Path): boolean =>
    state === undefined &&
    !String(path[0]).startsWith("__") &&
    !(definition.sensitive ?? []).some((always) => startsWith(path, steps(always)));
  const places = [...pathsIn(passed), ...secrets.filter(isSaid)];
  return {
    ...others,
    urn,
    passed: { ...passed, ...(places.length > 0 && { __secrets: unique(places) }) },
  };
}

/** Adds the places of secrets that other properties of the same resource tell of. */
export function withSecretsOf(properties: Properties, other: Properties): Properties {
  const places = [...pathsIn(properties.passed), ...pathsIn(other.passed)];
  if (places.length === 0) return properties;
  return { ...properties, passed: { ...properties.passed, __secrets: unique(places) } };
}

/** Makes a property as secret as another version of it was. */
export function withSecretAt(place: Path, properties: Properties, other: Properties): Properties {
  const places = pathsIn(other.passed).filter((path) => startsWith(path, place));
  return withSecretsOf(properties, { ...other, passed: { __secrets: unique(places) } });
}

/** Each place once. A list that is secret because of what it has inside says nothing that the place inside does not. */
function unique(paths: readonly Path[]): Json[] {
  const places = new Map(paths.map((path) => [JSON.stringify(path), [...path]]));
  for (const path of paths) {
    const list = upToList(path);
    if (list.length < path.length) places.delete(JSON.stringify(list));
  }
  return [...places.values()];
}
