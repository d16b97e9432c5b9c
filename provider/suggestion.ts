import { distance } from "fastest-levenshtein";

/** Returns what somebody may have meant by a name, or the names there are where these are few. */
export function suggestion(name: string, known: readonly string[]): string {
  const plain = name.replaceAll(/[_-]/g, "").toLowerCase();
  const [nearest] = known
    .map((choice) => ({ choice, far: distance(plain, choice.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  if (nearest && nearest.far <= Math.max(2, nearest.choice.length / 3)) return `; did you mean ${nearest.choice}?`;
  return known.length > 0 && known.length <= 12 ? `; known are ${known.join(", ")}` : "";
}
