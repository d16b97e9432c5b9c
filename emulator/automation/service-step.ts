import { ServicePhase as Phase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { linger, moved, remove, respecified } from "../change";
import type { Site } from "../site";
import type { ServiceRow } from "../world";
import { foresee } from "./command";

/** Moves a service by one phase; false when it owes nothing. */
export function stepService(site: Site, row: ServiceRow): boolean {
  switch (row.owed.action) {
    case "start":
      return environmentRuns(site, row) && stepStart(site, row);
    case "stop":
      return stepStop(site, row);
    case "delete":
      return stepDelete(site, row);
    case "none":
      return stepRun(site, row);
  }
}

/** Lets a service start with the next steps, unless it runs already or is on its way out. */
export function askToStart(site: Site, row: ServiceRow): void {
  const running = row.remote.status.phase === Phase.RUNNING;
  if (row.owed.action === "delete" || (running && row.owed.action === "none")) {
    return;
  }
  // The status is what the environment reports, so a start shows with the next step and not at once.
  ask(site, row, running ? "none" : "start", Phase.RUNNING);
}

/** Lets a service stop with the next steps, unless it rests already or is on its way out. */
export function askToStop(site: Site, row: ServiceRow): void {
  const resting = row.remote.status.phase === Phase.STOPPED;
  if (row.owed.action === "delete" || (resting && row.owed.action === "none")) {
    return;
  }
  ask(site, row, resting ? "none" : "stop", Phase.STOPPED);
}

/** Lets a service go away, at once when forced; asking again changes nothing. */
export function askToDelete(site: Site, row: ServiceRow, force: boolean): void {
  if (force) {
    remove(site, site.world.services, row);
  } else if (row.owed.action !== "delete") {
    ask(site, row, "delete", Phase.DELETED);
  }
}

function ask(site: Site, row: ServiceRow, action: ServiceRow["owed"]["action"], desiredPhase: Phase): void {
  row.owed.action = action;
  row.remote.spec.desiredPhase = desiredPhase;
  respecified(site, site.world.services, row);
}

/** Puts a service into a phase and tells it. */
export function enter(site: Site, row: ServiceRow, phase: Phase, failureMessage = ""): true {
  row.remote.status.phase = phase;
  row.remote.status.failureMessage = failureMessage;
  moved(site, site.world.services, row);
  return true;
}

function stepStart(site: Site, row: ServiceRow): boolean {
  const { owed, remote } = row;
  const start = foresee(remote.spec.commands.start);
  switch (remote.status.phase) {
    case Phase.STOPPING:
      return enter(site, row, Phase.STOPPED);
    case Phase.RUNNING:
      owed.action = "none";
      return true;
    case Phase.STARTING:
      break;
    default:
      owed.attempts += 1;
      owed.steps = start.steps;
      owed.polls = 0;
      owed.since = site.now();
      remote.status.session = remote.spec.session;
      return enter(site, row, Phase.STARTING);
  }
  if (owed.steps === 0 && typeof start.exit === "number") {
    return exit(site, row, start.exit);
  }
  if (remote.spec.commands.ready !== "" && !isReady(row)) {
    return timeOut(site, row);
  }
  owed.action = "none";
  return enter(site, row, Phase.RUNNING);
}

function isReady({ owed, remote }: ServiceRow): boolean {
  const ready = foresee(remote.spec.commands.ready);
  const willBe = ready.exit === "unsaid" || ready.exit === 0;
  const polls = owed.polls;
  owed.polls = willBe ? polls + 1 : 1;
  return willBe && polls > ready.steps;
}

function timeOut(site: Site, row: ServiceRow): boolean {
  const { owed, remote } = row;
  const limit = Number(remote.spec.readinessTimeout?.seconds ?? 0);
  // `service-not-ready`: Facts are silent on what happens when the time is over; the emulator lets the service fail.
  if (limit > 0 && site.now() - owed.since >= limit * 1000) {
    owed.action = "none";
    return enter(site, row, Phase.FAILED, `the service was not ready within ${limit} seconds`);
  }
  const ready = foresee(remote.spec.commands.ready);
  return ready.exit === "unsaid" || ready.exit === 0;
}

function stepRun(site: Site, row: ServiceRow): boolean {
  const { owed, remote } = row;
  const start = foresee(remote.spec.commands.start);
  if (remote.status.phase !== Phase.RUNNING || typeof start.exit !== "number") {
    return false;
  }
  owed.steps -= 1;
  return owed.steps > 0 || exit(site, row, start.exit);
}

function exit(site: Site, row: ServiceRow, code: number): true {
  row.owed.action = "none";
  return code === 0
    ? enter(site, row, Phase.STOPPED)
    : enter(site, row, Phase.FAILED, `the start command exited with code ${code}`);
}

function stepStop(site: Site, row: ServiceRow): boolean {
  const { owed, remote } = row;
  switch (remote.status.phase) {
    case Phase.STARTING:
    case Phase.RUNNING:
      return enter(site, row, Phase.STOPPING);
    case Phase.STOPPING:
      owed.action = "none";
      return finishStop(site, row);
    case Phase.FAILED:
      // `service-stop-failed`: Facts are silent on stopping a failed service; the emulator lets it come to rest.
      owed.action = "none";
      return site.otherwise("service-stop-failed") || enter(site, row, Phase.STOPPED);
    default:
      owed.action = "none";
      return true;
  }
}

function finishStop(site: Site, row: ServiceRow): true {
  const code = foresee(row.remote.spec.commands.stop).exit;
  return typeof code === "number" && code !== 0
    ? enter(site, row, Phase.FAILED, `the stop command exited with code ${code}`)
    : enter(site, row, Phase.STOPPED);
}

function stepDelete(site: Site, row: ServiceRow): true {
  const { phase } = row.remote.status;
  const running = phase === Phase.STARTING || phase === Phase.RUNNING;
  if (running && environmentRuns(site, row)) {
    return enter(site, row, Phase.STOPPING);
  }
  if (phase === Phase.STOPPING && environmentRuns(site, row)) {
    return enter(site, row, Phase.STOPPED);
  }
  linger(site, row);
  return enter(site, row, Phase.DELETED);
}

function environmentRuns(site: Site, row: ServiceRow): boolean {
  const environment = site.world.environments.rows.get(row.remote.environmentId);
  const phase = environment?.remote.status.phase;
  return phase === EnvironmentPhase.RUNNING || phase === EnvironmentPhase.UPDATING;
}
