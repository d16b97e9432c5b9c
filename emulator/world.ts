import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from "@bufbuild/protobuf";
import { ServiceSchema, TaskExecutionSchema, TaskSchema } from "../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentSchema } from "../proto/gen/gitpod/v1/environment_pb";
import { ResourceType } from "../proto/gen/gitpod/v1/event_pb";
import { GroupSchema } from "../proto/gen/gitpod/v1/group_pb";
import type { Subject } from "../proto/gen/gitpod/v1/identity_pb";
import { OrganizationSchema } from "../proto/gen/gitpod/v1/organization_pb";
import { ProjectSchema } from "../proto/gen/gitpod/v1/project_pb";
import { EnvironmentClassSchema } from "../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerSchema } from "../proto/gen/gitpod/v1/runner_pb";
import { SecretSchema } from "../proto/gen/gitpod/v1/secret_pb";
import {
  completeEnvironment,
  completeExecution,
  completeProject,
  completeService,
  completeTask,
  type WholeEnvironment,
  type WholeExecution,
  type WholeProject,
  type WholeService,
  type WholeTask,
} from "./whole";

/** Everything that exists in an emulator, as plain data. */
export interface World {
  readonly organizations: Table<MessageShape<typeof OrganizationSchema>, null>;
  readonly runners: Table<MessageShape<typeof RunnerSchema>, null>;
  readonly environmentClasses: Table<MessageShape<typeof EnvironmentClassSchema>, null>;
  readonly projects: Table<WholeProject, ProjectOwed>;
  readonly environments: Table<WholeEnvironment, EnvironmentOwed>;
  readonly services: Table<WholeService, ServiceOwed>;
  readonly tasks: Table<WholeTask, null>;
  readonly taskExecutions: Table<WholeExecution, ExecutionOwed>;
  readonly groups: Table<MessageShape<typeof GroupSchema>, null>;
  readonly secrets: Table<MessageShape<typeof SecretSchema>, SecretKept>;
  /** Bearer tokens of the API, by their text. */
  readonly tokens: Map<string, Token>;
  /** Tokens that open the logs, the ops URL or a port of one environment, by their text. */
  readonly keys: Map<string, EnvironmentKey>;
}

/** The objects of one kind, and how they turn into JSON and back. */
export interface Table<Remote, Owed> {
  readonly noun: string;
  readonly resourceType: ResourceType;
  /** Who may see a row: everybody in its organization, or its creator only. */
  readonly reach: "organization" | "creator";
  readonly rows: Map<string, Row<Remote, Owed>>;
  read(json: JsonValue): Remote;
  write(remote: Remote): JsonValue;
}

/** One object: what the API returns, whom it belongs to, and what is still to happen to it. */
export interface Row<Remote, Owed> {
  readonly id: string;
  remote: Remote;
  readonly owner: Owner;
  readonly owed: Owed;
  /** How many more steps it stays visible; absent while it is not deleted. */
  linger?: number;
}

/** Whom an object belongs to. */
export interface Owner {
  readonly organizationId: string;
  readonly creatorId: string;
  /** The environment that the object lives in; absent for objects outside of environments. */
  readonly environmentId?: string;
}

/** What a token stands for. */
export interface Token {
  subject: Pick<Subject, "id" | "principal">;
  organizationId: string;
  readOnly: boolean;
  revoked: boolean;
}

/** What a token of one environment opens, and until when (milliseconds since the epoch). */
export interface EnvironmentKey {
  readonly environmentId: string;
  readonly opens: "logs" | "ops" | "port";
  readonly until: number;
}

/** A project with what it owes. */
export type ProjectRow = Row<WholeProject, ProjectOwed>;

/** An environment with what it owes. */
export type EnvironmentRow = Row<WholeEnvironment, EnvironmentOwed>;

/** A service with what it owes. */
export type ServiceRow = Row<WholeService, ServiceOwed>;

/** A task, which owes nothing by itself. */
export type TaskRow = Row<WholeTask, null>;

/** An execution with what it owes. */
export type ExecutionRow = Row<WholeExecution, ExecutionOwed>;

/** What is kept of a project beside what the API returns. */
export interface ProjectOwed {
  /** Whether its insights are on; absent before they were turned on for the first time. */
  insights?: boolean;
  /** Who has created environments of it and when, the oldest first; environments that are gone count as well. */
  uses?: ProjectUse[];
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

/** What is kept of a secret beside what the API returns. */
export interface SecretKept {
  value: string;
}

/** Makes a world without anything in it. */
export function emptyWorld(): World {
  return {
    organizations: table("organization", ResourceType.ORGANIZATION, "organization", OrganizationSchema, asIs),
    runners: table("runner", ResourceType.RUNNER, "organization", RunnerSchema, asIs),
    environmentClasses: table(
      "environment class",
      ResourceType.ENVIRONMENT_CLASS,
      "organization",
      EnvironmentClassSchema,
      asIs,
    ),
    projects: table("project", ResourceType.PROJECT, "organization", ProjectSchema, completeProject),
    environments: table("environment", ResourceType.ENVIRONMENT, "creator", EnvironmentSchema, completeEnvironment),
    services: table("service", ResourceType.SERVICE, "creator", ServiceSchema, completeService),
    tasks: table("task", ResourceType.TASK, "creator", TaskSchema, completeTask),
    taskExecutions: table(
      "task execution",
      ResourceType.TASK_EXECUTION,
      "creator",
      TaskExecutionSchema,
      completeExecution,
    ),
    groups: table("group", ResourceType.GROUP, "organization", GroupSchema, asIs),
    secrets: table("secret", ResourceType.SECRET, "organization", SecretSchema, asIs),
    tokens: new Map(),
    keys: new Map(),
  };
}

/** The tables of a world by name, for whoever treats all kinds alike. */
export function tablesOf(world: World): Record<TableName, Table<unknown, unknown>> {
  const { tokens: _tokens, keys: _keys, ...tables } = world;
  return tables;
}

/** The name of a table. */
export type TableName = Exclude<keyof World, "tokens" | "keys">;

function table<Desc extends DescMessage, Remote extends MessageShape<Desc>, Owed>(
  noun: string,
  resourceType: ResourceType,
  reach: "organization" | "creator",
  schema: Desc,
  complete: (remote: MessageShape<Desc>) => Remote,
): Table<Remote, Owed> {
  return {
    noun,
    resourceType,
    reach,
    rows: new Map(),
    read: (json) => complete(fromJson(schema, json)),
    write: (remote) => toJson(schema, remote),
  };
}

function asIs<Remote>(remote: Remote): Remote {
  return remote;
}
