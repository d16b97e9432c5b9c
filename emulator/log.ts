import { foresee } from "./automation/command";
import type { EnvironmentRow, ExecutionRow, PrebuildRow, RunnerRow, ServiceRow } from "./world";

/** What the log of an environment says. */
export function environmentLog({ remote }: EnvironmentRow): string[] {
  const { status } = remote;
  return [
    `machine: ${status.machine.versions === undefined ? "requested" : "started"}`,
    `content: ${status.content.git?.cloneUrl ?? "none"}`,
    ...status.warningMessage.map((text) => `warning: ${text}`),
    ...status.failureMessage.map((text) => `error: ${text}`),
  ];
}

/** What the log of a runner says. */
export function runnerLog({ remote: { status } }: RunnerRow): string[] {
  return [
    ...(status.version === "" ? [] : [`runner ${status.version} has signed up`]),
    ...(status.message === "" ? [] : [`error: ${status.message}`]),
  ];
}

/** What the log of a prebuild says. */
export function prebuildLog({ remote: { metadata, status } }: PrebuildRow): string[] {
  return [`prebuild of project ${metadata.projectId}`, ...failure(status.failureMessage)];
}

/** What the log of a service says. */
export function serviceLog({ remote, owed }: ServiceRow): string[] {
  const { start } = remote.spec.commands;
  return owed.attempts === 0 ? [] : [...written(start), ...failure(remote.status.failureMessage)];
}

/** What the log of an execution says. */
export function executionLog({ remote }: ExecutionRow): string[] {
  const begun = new Set(remote.status.steps.map(({ id }) => id));
  const lines = remote.spec.plan
    .flatMap((group) => group.steps)
    .filter(({ id, step }) => begun.has(id) && step.case === "task")
    .flatMap(({ step }) => (step.case === "task" ? written(step.value.spec?.command ?? "") : []));
  return [...lines, ...failure(remote.status.failureMessage)];
}

function written(command: string): string[] {
  return [`$ ${command}`, ...foresee(command).log];
}

function failure(message: string): string[] {
  return message === "" ? [] : [`error: ${message}`];
}
