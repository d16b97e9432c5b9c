import type { Assumption } from "./assumption";
import { automations } from "./assumption/automations";
import { calls } from "./assumption/calls";
import { classic } from "./assumption/classic";
import { environments } from "./assumption/environments";
import { groups } from "./assumption/groups";
import { organization } from "./assumption/organization";
import { policies } from "./assumption/policies";
import { projects } from "./assumption/projects";
import { runners } from "./assumption/runners";
import { workflows } from "./assumption/workflows";

/** All that the project assumes about the API. */
export const assumptions: readonly Assumption[] = [
  ...environments,
  ...automations,
  ...projects,
  ...runners,
  ...calls,
  ...groups,
  ...policies,
  ...classic,
  ...organization,
  ...workflows,
];
