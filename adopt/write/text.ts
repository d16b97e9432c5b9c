/** Writes a text between quotes, as JSON, YAML and TypeScript read it, and without characters that nobody sees. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(new RegExp(unseen, "gu"), (character) =>
    [...Array(character.length).keys()].map((i) => `\\u${hex(character.charCodeAt(i))}`).join(""),
  );

/** Whether a text has characters that nobody sees, or that change how others are shown, beside ends of lines. */
export const hasUnseen = (text: string): boolean => new RegExp(unseen, "u").test(text.replaceAll("\n", ""));

/** Puts lines behind others, each with two spaces before it. */
export const indented = (lines: readonly string[]): string[] => lines.map((line) => (line === "" ? "" : `  ${line}`));

/** Writes lines as comments. */
export const commented = (lines: readonly string[], mark: string): string[] =>
  lines.map((line) => `${mark} ${line}`.trimEnd());

const unseen = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";
const hex = (code: number): string => code.toString(16).padStart(4, "0");
