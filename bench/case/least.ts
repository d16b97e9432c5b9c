import type { Kind } from "../kinds";

/** What is done to one object. */
export type Short = "create" | "refresh" | "update" | "delete";

/** The calls that an operation cannot do without, and why. */
export interface Least {
  readonly calls: Readonly<Record<string, number>>;
  readonly why: string;
  /** Whether the operation waits, so that further reads of the object are those of the wait. */
  readonly waits?: true;
}

const look = "a look for what an interrupted run has left";

/** The least calls for one object of each kind with the inputs of this benchmark; nothing where there is no such operation. */
export const least: { readonly [kind in Kind]: { readonly [short in Short]?: Least } } = {
  Project: {
    create: {
      calls: { ListProjects: 1, CreateProject: 1, UpdateProjectEnvironmentClasses: 1, GetProject: 1 },
      why: `${look}; the create; classes have a call of their own, whose empty answer is followed by a read`,
    },
    refresh: { calls: { GetProject: 1 }, why: "the read" },
    update: { calls: { UpdateProject: 1 }, why: "the update, whose answer is the project" },
    delete: { calls: { DeleteProject: 1 }, why: "the deletion", waits: true },
  },
  Environment: {
    create: { calls: { ListEnvironments: 1, CreateEnvironment: 1 }, why: `${look}; the create`, waits: true },
    refresh: { calls: { GetEnvironment: 1 }, why: "the read" },
    update: {
      calls: { UpdateEnvironment: 1, GetEnvironment: 1 },
      why: "the update, whose empty answer is followed by a read",
      waits: true,
    },
    delete: {
      calls: { GetEnvironment: 1, DeleteEnvironment: 1 },
      why: "a read, since unsaved work is not destroyed; the deletion",
      waits: true,
    },
  },
  Service: {
    create: { calls: { ListServices: 1, CreateService: 1 }, why: `${look}; the create`, waits: true },
    refresh: { calls: { GetService: 1 }, why: "the read" },
    update: {
      calls: { StopService: 1, UpdateService: 1, StartService: 1 },
      why: "a service that runs changes at rest only: stop, update, start",
      waits: true,
    },
    delete: { calls: { DeleteService: 1 }, why: "the deletion", waits: true },
  },
  Task: {
    create: { calls: { ListTasks: 1, CreateTask: 1 }, why: `${look}; the create` },
    refresh: { calls: { GetTask: 1 }, why: "the read" },
    update: { calls: { UpdateTask: 1, GetTask: 1 }, why: "the update, whose empty answer is followed by a read" },
    delete: { calls: { DeleteTask: 1 }, why: "the deletion" },
  },
  TaskExecution: {
    create: { calls: { ListTaskExecutions: 1, StartTask: 1 }, why: `${look}; the start`, waits: true },
    refresh: { calls: { GetTaskExecution: 1 }, why: "the read" },
    delete: { calls: { GetTaskExecution: 1 }, why: "a read, which tells that it has ended" },
  },
  Group: {
    create: { calls: { ListGroups: 1, CreateGroup: 1 }, why: `${look}; the create` },
    refresh: { calls: { GetGroup: 1 }, why: "the read" },
    update: { calls: { UpdateGroup: 1 }, why: "the update, whose answer is the group" },
    delete: { calls: { DeleteGroup: 1 }, why: "the deletion" },
  },
  Secret: {
    create: { calls: { ListSecrets: 1, CreateSecret: 1 }, why: `${look}; the create` },
    refresh: { calls: { ListSecrets: 1 }, why: "the read, which is a list" },
    update: {
      calls: { UpdateSecretValue: 1, ListSecrets: 1 },
      why: "the update, whose empty answer is followed by a read",
    },
    delete: { calls: { DeleteSecret: 1 }, why: "the deletion" },
  },
};
