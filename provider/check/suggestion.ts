import { distance } from "fastest-levenshtein";

/** Returns what somebody may have meant by a name, or the names there are where these are few. */
export function suggestion(name: string, known: readonly string[]): string {
  const few = known.length > 0 && known.length <= 12 ? `; known are ${known.join(", ")}` : "";
  return hint(name, known) || few;
}

/** Returns what somebody may have meant by a name; empty where nothing is near. */
export function hint(name: string, known: readonly string[]): string {
  const [first] = known
    .map((choice) => ({ choice, far: distance(plain(name), plain(choice)) }))
    .sort((a, b) => a.far - b.far);
  // Of short names that have nothing in common all are near.
  const isNear = first && first.far < first.choice.length && first.far <= Math.max(2, first.choice.length / 3);
  return isNear ? `; did you mean ${first.choice}?` : "";
}

const plain = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();
