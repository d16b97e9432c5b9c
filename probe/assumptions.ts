import type { Assumption } from "./assumption";
import { groups } from "./assumption/groups";

/** All that the project assumes about the API. */
export const assumptions: readonly Assumption[] = [...groups];
