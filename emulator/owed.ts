import type { JsonValue } from "@bufbuild/protobuf";
import type { TeamRole } from "../proto/gen/gitpod/experimental/v1/teams_pb";
import type { Subject } from "../proto/gen/gitpod/v1/identity_pb";

/** What is kept of a project beside what the API returns. */
export interface ProjectOwed {
  /** Whether its insights are on; absent before they were turned on for the first time. */
  insights?: boolean;
  /** When insights were last collected, in milliseconds since the epoch; absent before. */
  collectedAt?: number;
  /** The snapshot that its newest prebuild has left, from which warm pools are filled; absent before. */
  snapshotId?: string;
  /** Who has created environments of it and when, the oldest first; environments that are gone count as well. */
  uses?: ProjectUse[];
}

/** What a runner owes, and what is kept of it beside what the API returns. */
export interface RunnerOwed {
  /** Whether somebody has deployed it, so that it comes up. */
  deployed?: boolean;
  metricsPassword?: string;
}

/** One environment that was created from a project, by whom and when (milliseconds since the epoch). */
export interface ProjectUse {
  readonly subject: Pick<Subject, "id" | "principal">;
  readonly at: number;
}

/** What an environment owes beyond the desired phase in its spec. */
export interface EnvironmentOwed {
  /** How often it has been started. */
  attempts: number;
  /** Whether it stops as soon as it has come up. */
  stopWhenUp: boolean;
  /** Whether it starts again once it has stopped. */
  restart: boolean;
  /** Whether changed settings wait to be applied. */
  update: boolean;
}

/** What a service owes. */
export interface ServiceOwed {
  action: "none" | "start" | "stop" | "delete";
  /** How often it has been started. */
  attempts: number;
  /** How many more steps its start command runs before it exits. */
  steps: number;
  /** How often its readiness command has run since the start. */
  polls: number;
  /** When it was started, in milliseconds since the epoch. */
  since: number;
}

/** What an execution owes. */
export interface ExecutionOwed {
  cancel: boolean;
  /** How many more steps each running step takes. */
  steps: Record<string, number>;
}

/** What is kept of an object beside what the API returns. */
export interface SecretKept {
  value: string;
}

/** What is kept of a token of a host. */
export interface HostTokenKept {
  token: string;
  refreshToken: string;
  /** What the next read still shows, as proto-JSON; absent where nothing has changed since the last one. */
  before?: JsonValue;
}

/** What a language model integration owes. */
export interface LlmOwed {
  apiKey: string;
  /** Whether the endpoint is still to be tried. */
  check: boolean;
}

/** What is kept of a user of Classic. */
export interface ClassicUserKept {
  readonly email: string;
  /** The team that the account belongs to; absent where it is the user's own. */
  readonly teamId?: string;
}

/** What is kept of a team of Classic beside what the API returns. */
export interface ClassicTeamKept {
  singleSignOn: boolean;
  /** Whether a deletion is answered with success and does nothing. */
  deletesFail: boolean;
  /** What somebody becomes who joins by the invitation. */
  defaultRole: TeamRole;
  /** The image of its workspaces; absent where it is the installation's. */
  readonly image?: string;
}

/** What a workspace of Classic owes, and what is kept of it beside what the API returns. */
export interface ClassicWorkspaceOwed {
  /** Whether it is marked as deleted. */
  deleted: boolean;
  /** Whether its instance was asked to stop. */
  stop: boolean;
  /** How often it has been started. */
  attempts: number;
  /** When it was last used, in milliseconds since the epoch. */
  usedAt: number;
  /** The token of its latest instance; empty before there is one. */
  ownerToken: string;
  readonly workspaceClass: string;
  readonly editor: { readonly name: string; readonly version: string };
}

/** The secrets of an integration, by their paths in `auth`. */
export interface IntegrationKept {
  secrets: Record<string, string>;
}
