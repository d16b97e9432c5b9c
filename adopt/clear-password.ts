import { isObject, type Json, type Path } from "../provider/value/json";
import { show } from "../provider/value/path";
import type { Inventory } from "./inventory";
import { titleOf } from "./read/kinds";

/** Returns where inputs have a URL with a password, which a program would show to whoever reads it. */
export const clearPasswords = ({ objects }: Inventory): string[] =>
  objects.flatMap(({ definition, name, id, inputs }) =>
    placesOf(inputs).map((path) => `${show(path)} of ${titleOf(definition)} ${name === "" ? id : name}`),
  );

function placesOf(value: Json, path: Path = []): Path[] {
  if (typeof value === "string") return withPassword.test(value) ? [path] : [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, item]) => placesOf(item, [...path, key]));
}

const withPassword = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;
