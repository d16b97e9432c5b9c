import type { Json } from "../value/json";
import type { Method } from "./descriptor";

/**
 * How an object is found again: by an annotation that the create writes, by its natural key, or as the only young one of
 * its parent. Filters name the fields of the list request that take these inputs. An annotation cannot be changed after
 * the create, so that another call lets the object show that its create was answered. `begun` names values that tell what
 * somebody has begun from what begins by itself. For messages, `parent` is what a parent is called, and `elsewhere` says in
 * which other place a program can state `adopt`.
 */
export type Identity<I extends string = string, R extends string = string> =
  | { readonly by: "annotation"; readonly at: I; readonly acknowledge: Method }
  | { readonly by: "key"; readonly filter: { readonly [field: string]: I } }
  | {
      readonly by: "parent";
      readonly filter: { readonly [field: string]: I };
      readonly begun?: { readonly [path in R]?: Json };
      readonly parent: string;
      readonly elsewhere?: string;
    };
