import { distance } from "fastest-levenshtein";

/** Returns what somebody may have meant by a name, or the names there are where these are few. */
export function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `; did you mean ${meant}?`;
  return known.length > 0 && known.length <= 12 ? `; known are ${known.join(", ")}` : "";
}

/** Returns what somebody may have meant by a name; undefined where nothing is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [first] = known
    .map((choice) => ({ choice, far: distance(plain(name), plain(choice)) }))
    .sort((a, b) => a.far - b.far);
  return first && first.far <= Math.max(2, first.choice.length / 3) ? first.choice : undefined;
}

const plain = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();
