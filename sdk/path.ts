/** What remains of dotted paths behind a field, or behind the elements of the list in that field. */
export type Below<P, K> = K extends string
  ? P extends `${K}[].${infer Rest}`
    ? Rest
    : P extends `${K}.${infer Rest}`
      ? Rest
      : never
  : never;

/** What remains of dotted paths behind a whole path. */
export type Behind<P, Start extends string> = P extends `${Start}.${infer Rest}` ? Rest : never;

/** The value at a dotted path; `[]` steps into a list or a map. */
export type At<T, P> = P extends `${infer First}.${infer Rest}` ? At<Step<T, First>, Rest> : Step<T, P>;
type Step<T, S> = S extends `${infer K}[]` ? Entry<Step<T, K>> : S extends keyof T ? Exclude<T[S], undefined> : never;
type Entry<T> = T extends readonly (infer E)[] ? E : T[keyof T];

/** The dotted paths that a definition lists under these names. */
export type PathIn<D, Name extends string> = D extends unknown
  ? { [N in Name]: D extends { readonly [K in N]: readonly (infer P extends string)[] } ? P : never }[Name]
  : never;
