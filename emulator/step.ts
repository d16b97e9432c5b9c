import { stepExecution } from "./automation/execution-step";
import { stepService } from "./automation/service-step";
import { stepEnvironment } from "./environment/step";
import { stepProject } from "./project/step";
import type { Site } from "./site";

const settleLimit = 100_000;

/** Moves every object by at most one phase, and returns how many objects have moved. */
export function step(site: Site): number {
  const { environments, services, taskExecutions, projects } = site.world;
  return (
    count(environments.rows, (row) => stepEnvironment(site, row)) +
    count(services.rows, (row) => stepService(site, row)) +
    count(taskExecutions.rows, (row) => stepExecution(site, row)) +
    count(projects.rows, (row) => stepProject(site, row))
  );
}

/** Steps until nothing moves anymore, and returns how many steps that took. */
export function settle(site: Site): number {
  for (let steps = 0; steps < settleLimit; steps += 1) {
    if (step(site) === 0) {
      return steps;
    }
  }
  throw new Error(`the emulator has not come to rest within ${settleLimit} steps`);
}

function count<Row>(rows: Map<string, Row>, move: (row: Row) => boolean): number {
  // A step may remove objects that this loop has not reached yet, such as the services of an environment.
  return [...rows].filter(([id, row]) => rows.has(id) && move(row)).length;
}
