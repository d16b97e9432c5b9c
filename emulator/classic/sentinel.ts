import type { Workspace } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";

/**
 * Parts of a repository's name that make its workspaces behave badly.
 *
 * | the name contains    | what happens                                                                         |
 * | -------------------- | ------------------------------------------------------------------------------------ |
 * | `fail-start`         | every start fails while the content is fetched: STOPPED with `conditions.failed`     |
 * | `fail-start-once`    | the same, but the second start succeeds                                              |
 * | `stuck-creating`     | never leaves CREATING                                                                |
 * | `stuck-stopping`     | never leaves STOPPING                                                                |
 * | `idle-after-running` | stops for idleness one step after it was RUNNING                                     |
 * | `in-use`             | somebody uses it as soon as it is RUNNING                                            |
 * | `not-connected`      | the caller has no connection to the Git host: `unauthenticated`                      |
 * | `not-found`          | the Git host has no such repository: `not_found`                                     |
 * | `refused-late`       | every start is refused: `failed_precondition`; the workspace stays, without instance |
 */
export const sentinels = [
  "fail-start-once",
  "fail-start",
  "stuck-creating",
  "stuck-stopping",
  "idle-after-running",
  "in-use",
  "not-connected",
  "not-found",
  "refused-late",
] as const;

/** The sentinel in the name of a workspace's repository; the one that comes first in the list counts. */
export function sentinelIn({ context }: Pick<Workspace, "context">): (typeof sentinels)[number] | undefined {
  const name = context?.details.case === "git" ? (context.details.value.repository?.name ?? "") : "";
  return sentinels.find((sentinel) => name.includes(sentinel));
}
