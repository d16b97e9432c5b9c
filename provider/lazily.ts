/** Returns what loads something with its first call; in a bundle, `require` makes the exports anew with each. */
export function lazily<T>(load: () => T): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
