import type { Assumption } from "./assumption";
import { automations } from "./assumption/automations";
import { calls } from "./assumption/calls";
import { environments } from "./assumption/environments";
import { groups } from "./assumption/groups";
import { projects } from "./assumption/projects";
import { runners } from "./assumption/runners";

/** All that the project assumes about the API. */
export const assumptions: readonly Assumption[] = [
  ...environments,
  ...automations,
  ...projects,
  ...runners,
  ...calls,
  ...groups,
];
