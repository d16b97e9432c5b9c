/**
 * Returns what loads something, or finds it out, with its first call only; in a bundle, `require` makes exports anew
 * each time.
 */
export function lazily<T>(load: () => T): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
