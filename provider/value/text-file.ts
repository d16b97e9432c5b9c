import { readFileSync } from "node:fs";

/**
 * Reads a file as plain text, whatever editor or shell has written it: in UTF-8, or in UTF-16 with the mark that Windows
 * PowerShell puts before what it redirects. Fails where it is neither, since a guess would change characters silently.
 */
export function readText(file: string | number): string {
  const text = decoded(readFileSync(file));
  if (text !== undefined && !text.includes("\0")) return plainText(text);
  const named = typeof file === "number" ? "standard input" : file;
  throw new Error(`${named} is not text in UTF-8, and not marked as UTF-16: save it in UTF-8`);
}

/** Returns a text without a byte order mark, whose lines end as they do on Linux, where the API's machines read it. */
export const plainText = (text: string): string => text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
