/** What remains of dotted paths behind a field, or behind the elements of the list in that field. */
export type Below<P, K> = K extends string
  ? P extends `${K}[].${infer Rest}`
    ? Rest
    : P extends `${K}.${infer Rest}`
      ? Rest
      : never
  : never;

/** The dotted paths that a definition lists under these names. */
export type PathIn<D, Name extends string> = D extends unknown
  ? { [N in Name]: D extends { readonly [K in N]: readonly (infer P extends string)[] } ? P : never }[Name]
  : never;
