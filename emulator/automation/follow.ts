import type { AutomationTrigger } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { ServicePhase, TaskExecutionPhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import type { Site } from "../site";
import type { Row, Table } from "../table";
import type { EnvironmentRow } from "../world";
import { execute } from "./execute";
import { endExecution, isOver } from "./execution-step";
import { askToStart, enter } from "./service-step";

/** Starts the services and tasks whose triggers say so, when their environment has come up. */
export function environmentStarted(site: Site, environment: EnvironmentRow): void {
  const triggers = triggersOf(environment);
  for (const service of inside(site.world.services, environment)) {
    if (triggeredBy(service.remote.metadata.triggeredBy, triggers) !== undefined) {
      askToStart(site, service);
    }
  }
  for (const task of inside(site.world.tasks, environment)) {
    const trigger = triggeredBy(task.remote.metadata.triggeredBy, triggers);
    if (trigger !== undefined) {
      execute(site, task, creatorOf(environment), trigger);
    }
  }
}

/** Brings services and executions to rest, when their environment has stopped. */
export function environmentStopped(site: Site, environment: EnvironmentRow): void {
  for (const service of inside(site.world.services, environment)) {
    const { phase } = service.remote.status;
    service.owed.action = service.owed.action === "delete" ? "delete" : "none";
    if (phase === ServicePhase.STARTING || phase === ServicePhase.RUNNING || phase === ServicePhase.STOPPING) {
      enter(site, service, ServicePhase.STOPPED);
    }
  }
  for (const execution of inside(site.world.taskExecutions, environment)) {
    if (!isOver(execution.remote.status.phase)) {
      endExecution(site, execution, TaskExecutionPhase.STOPPED);
    }
  }
}

function creatorOf({ owner, remote }: EnvironmentRow): { id: string; principal: Principal } {
  return { id: owner.creatorId, principal: remote.metadata.creator?.principal ?? Principal.UNSPECIFIED };
}

type Trigger = NonNullable<AutomationTrigger["trigger"]["case"]>;

function triggersOf(environment: EnvironmentRow): Trigger[] {
  const always: Trigger[] = ["postMachineStart", "postEnvironmentStart"];
  return environment.owed.attempts <= 1 ? [...always, "postDevcontainerStart"] : always;
}

function triggeredBy(own: AutomationTrigger[], fired: Trigger[]): Trigger | undefined {
  return fired.find((name) => own.some(({ trigger }) => trigger.case === name && trigger.value));
}

function inside<Remote, Owed>(table: Table<Remote, Owed>, environment: EnvironmentRow): Row<Remote, Owed>[] {
  return [...table.rows.values()].filter((row) => row.owner.environmentId === environment.id);
}
