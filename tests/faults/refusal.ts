/** Whether a row says of a token that nobody can use any more, and that stays until somebody revokes it. */
export const isOfRevocable = (line: string): boolean => line.includes("revoke it");

/** Whether one of these lines says so of the object with this id, which may be its own or the one by which Pulumi knows it. */
export const namesRevocable = (lines: readonly string[], id: unknown): boolean =>
  lines.some((line) => isOfRevocable(line) && line.includes(`${id} `));

/** The object that a refusal names as one to take over; what shall be revoked is none. */
export function candidateIn(text: string): string | undefined {
  const lines = text.split("\n").filter((line) => !isOfRevocable(line));
  return candidate.exec(lines.join("\n"))?.[0];
}

/** An id of either API, before the words about `adopt`. */
const candidate =
  /\b([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]+-[a-z]+-(?=[a-z]*\d)[0-9a-z]{11})\b(?=.*\badopt\b)/s;
