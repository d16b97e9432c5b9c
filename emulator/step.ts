import { stepExecution } from "./automation/execution-step";
import { stepService } from "./automation/service-step";
import { remove } from "./change";
import { stepClassicWorkspace } from "./classic/workspace-step";
import { stepEnvironment } from "./environment/step";
import { stepPrebuild } from "./project/prebuild";
import { stepProject } from "./project/step";
import { stepWarmPool } from "./project/warm-pool";
import { stepLlmIntegration } from "./runner/llm-step";
import { stepRunner } from "./runner/step";
import type { Site } from "./site";
import type { Row, Table } from "./table";
import { stepWorkflow, stepWorkflowExecution } from "./workflow/step";

const settleLimit = 100_000;

/** Which objects a step moves, and who hears of each that it has moved. */
export interface Timing {
  isDue(id: string): boolean;
  onMove(id: string): void;
}

/**
 * Moves every object that is due by at most one phase, and returns how many objects have moved. What a move is, its kind
 * says; a deleted object that lingers comes closer to its end instead, whatever its kind.
 */
export function step(site: Site, timing: Timing = always): number {
  const { environments, services, taskExecutions, warmPools } = site.world;
  return (
    stepTable(site, timing, site.world.runners, stepRunner) +
    stepTable(site, timing, environments, stepEnvironment) +
    stepTable(site, timing, services, stepService) +
    stepTable(site, timing, taskExecutions, stepExecution) +
    stepTable(site, timing, site.world.prebuilds, stepPrebuild) +
    stepTable(site, timing, warmPools, stepWarmPool) +
    stepTable(site, timing, site.world.llmIntegrations, stepLlmIntegration) +
    stepTable(site, timing, site.world.projects, stepProject) +
    stepTable(site, timing, site.world.workflowExecutions, stepWorkflowExecution) +
    stepTable(site, timing, site.world.workflows, stepWorkflow) +
    stepTable(site, timing, site.world.classicWorkspaces, stepClassicWorkspace)
  );
}

/** Moves an object by at most one phase; false when it owes nothing. */
type Move<Remote, Owed> = (site: Site, row: Row<Remote, Owed>) => boolean;

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

function stepTable<Remote, Owed>(
  site: Site,
  { isDue, onMove }: Timing,
  table: Table<Remote, Owed>,
  move: Move<Remote, Owed>,
): number {
  // A step may remove objects that this loop has not reached yet, such as the services of an environment.
  return [...table.rows.values()].filter((row) => {
    const hasMoved =
      table.rows.has(row.id) &&
      isDue(row.id) &&
      (row.linger === undefined ? move(site, row) : fade(site, table, row, row.linger));
    if (hasMoved) {
      onMove(row.id);
    }
    return hasMoved;
  }).length;
}

function fade<Remote, Owed>(site: Site, table: Table<Remote, Owed>, row: Row<Remote, Owed>, left: number): true {
  row.linger = left - 1;
  if (row.linger < 0) {
    remove(site, table, row);
  }
  return true;
}
