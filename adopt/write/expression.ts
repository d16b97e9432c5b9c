/** A value as a program states it. */
export type Expression =
  | { readonly is: "literal"; readonly value: string | number | boolean | null; readonly note?: string }
  | { readonly is: "reference"; readonly to: Target }
  | { readonly is: "list"; readonly items: readonly Expression[] }
  | { readonly is: "object"; readonly entries: readonly Entry[]; readonly isAdded?: boolean }
  | Untold;

/** A value that no API gives back, and the setting that would give it. */
export interface Untold {
  readonly is: "untold";
  readonly setting: string;
  /** Whether the type requires it. */
  readonly isRequired: boolean;
  /** What the setting holds: a text, or a structure. */
  readonly holds: "text" | "structure";
}

/** An entry of an object. */
export interface Entry {
  readonly key: string;
  readonly value: Expression;
}

/** A resource whose id is the value. */
export interface Target {
  /** What the program calls it. */
  readonly variable: string;
  readonly name: string;
  /** The file that declares it, without an ending; missing where there is one program only. */
  readonly file?: string;
}

/** Whether a program states it only once somebody sets it: what no API gives back, and objects that are there for that alone. */
export function isUnstated(value: Expression, isForced: (untold: Untold) => boolean = () => false): boolean {
  if (value.is === "untold") return !isForced(value);
  return (
    value.is === "object" && value.isAdded === true && value.entries.every((entry) => isUnstated(entry.value, isForced))
  );
}

/** Returns every part of a value, itself included. */
export function partsOf(value: Expression): Expression[] {
  if (value.is === "list") return [value, ...value.items.flatMap(partsOf)];
  return value.is === "object" ? [value, ...value.entries.flatMap((entry) => partsOf(entry.value))] : [value];
}
