import type { Definition } from "../../provider/model/definition";

/** Returns what people think of as one: the file of the API that has the calls of a kind, such as `runner-configuration`. */
export function areaOf({ module, get, list, update, create }: Definition): string {
  const call = get ?? list ?? update ?? create;
  const file = call?.parent.file.name.split("/").at(-1) ?? "other";
  return [...(module ? [module] : []), file.replaceAll("_", "-")].join("-");
}

/** Says the name of an area as a title. */
export const titleOf = (area: string): string =>
  area.replaceAll("-", " ").replace(/^\p{L}/u, (letter) => letter.toUpperCase());
