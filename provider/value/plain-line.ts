import { stripVTControlCharacters } from "node:util";

/** Makes one line of plain text of what somebody else wrote, which may hold line breaks, escape codes and megabytes. */
export function plainLine(text: string, most = 2000): string {
  const line = stripVTControlCharacters(text)
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Bidi_Control}/gu, "")
    .trim();
  return line.length > most ? `${line.slice(0, most)} …` : line;
}
