import type { Adoptable } from "../inventory";
import type { Entry, Target } from "./expression";
import type { Gap } from "./untold";

/** A resource of the program. */
export interface Resource extends Target {
  readonly object: Adoptable;
  readonly type: string;
  readonly area: string;
  readonly gaps: readonly Gap[];
  readonly inputs: readonly Entry[];
}

/** What the program has. */
export interface Plan {
  /** What belongs together, each after what it refers to. */
  readonly groups: readonly Group[];
  readonly resources: readonly Resource[];
}

/** Resources that people think of as one. */
export interface Group {
  /** The name of its file, without an ending. */
  readonly name: string;
  readonly title: string;
  /** Each after those that it refers to. */
  readonly resources: readonly Resource[];
}
