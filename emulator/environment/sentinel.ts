/**
 * Parts of an environment's name that make it behave badly, so that failures are inputs of a program and not mocks.
 *
 * | the name contains    | what happens                                                                          |
 * | -------------------- | ------------------------------------------------------------------------------------- |
 * | `stuck-creating`     | never leaves CREATING                                                                 |
 * | `stuck-starting`     | never leaves STARTING                                                                 |
 * | `stuck-stopping`     | never leaves STOPPING                                                                 |
 * | `stuck-deleting`     | never leaves DELETING                                                                 |
 * | `fail-create`        | fails in CREATING: STOPPED with a failure message; a later start succeeds             |
 * | `fail-start`         | fails in STARTING with its content FAILED: STOPPED with a failure message             |
 * | `fail-start-once`    | the same, but the second start succeeds                                               |
 * | `fail-after-running` | fails one step after it was RUNNING: STOPPED with a failure message                   |
 * | `devcontainer-fails` | RUNNING, with its dev container FAILED and a warning                                  |
 * | `automations-fail`   | RUNNING, with its automations file FAILED and a warning                               |
 * | `rejected`           | the runner rejects the settings: STOPPED with a failure message and a `runnerAck`     |
 *
 * The commands of services and tasks tell their own outcome: see `automation/command.ts`.
 */
export const sentinels = [
  "stuck-creating",
  "stuck-starting",
  "stuck-stopping",
  "stuck-deleting",
  "fail-create",
  "fail-start-once",
  "fail-start",
  "fail-after-running",
  "devcontainer-fails",
  "automations-fail",
  "rejected",
] as const;

/** A part of a name that makes an environment behave badly. */
export type Sentinel = (typeof sentinels)[number];

/** The sentinel in a name; the one that comes first in the list counts. */
export function sentinelIn(name: string): Sentinel | undefined {
  return sentinels.find((sentinel) => name.includes(sentinel));
}
