import { stepExecution } from "./automation/execution-step";
import { stepService } from "./automation/service-step";
import { stepEnvironment } from "./environment/step";
import { stepProject } from "./project/step";
import type { Site } from "./site";

const settleLimit = 100_000;

/** Which objects a step moves, and who hears of each that it has moved. */
export interface Timing {
  isDue(id: string): boolean;
  onMove(id: string): void;
}

/** Moves every object that is due by at most one phase, and returns how many objects have moved. */
export function step(site: Site, timing: Timing = always): number {
  const { environments, services, taskExecutions, projects } = site.world;
  return (
    count(environments.rows, timing, (row) => stepEnvironment(site, row)) +
    count(services.rows, timing, (row) => stepService(site, row)) +
    count(taskExecutions.rows, timing, (row) => stepExecution(site, row)) +
    count(projects.rows, timing, (row) => stepProject(site, row))
  );
}

const always: Timing = { isDue: () => true, onMove: () => undefined };

/** Steps until nothing moves anymore, and returns how many steps that took. */
export function settle(site: Site): number {
  for (let steps = 0; steps < settleLimit; steps += 1) {
    if (step(site) === 0) {
      return steps;
    }
  }
  throw new Error(`the emulator has not come to rest within ${settleLimit} steps`);
}

function count<Row>(rows: Map<string, Row>, { isDue, onMove }: Timing, move: (row: Row) => boolean): number {
  // A step may remove objects that this loop has not reached yet, such as the services of an environment.
  return [...rows].filter(([id, row]) => {
    const hasMoved = rows.has(id) && isDue(id) && move(row);
    if (hasMoved) {
      onMove(id);
    }
    return hasMoved;
  }).length;
}
