/** What a make has made: the SHA-256 of each file by its name. */
export type Hashes = Readonly<Record<string, string>>;

/** One line for each file in which two makes differ. */
export function differencesBetween(one: Hashes, other: Hashes): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.flatMap((name) => {
    if (one[name] === other[name]) return [];
    if (one[name] === undefined) return [`${name}: only the second make has it`];
    if (other[name] === undefined) return [`${name}: only the first make has it`];
    return [`${name}: ${one[name]} in the first make, ${other[name]} in the second`];
  });
}

/** Reads what `sha256sum` writes. */
export function hashesIn(checksums: string): Hashes {
  const lines = checksums.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.slice(line.indexOf("  ") + 2), line.slice(0, line.indexOf("  "))]),
  );
}
