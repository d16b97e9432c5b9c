import { create } from "@bufbuild/protobuf";
import {
  type Service,
  ServiceMetadataSchema,
  ServiceSpec_CommandsSchema,
  ServiceSpecSchema,
  ServiceStatusSchema,
  type Task,
  type TaskExecution,
  TaskExecutionMetadataSchema,
  TaskExecutionSpecSchema,
  TaskExecutionStatusSchema,
  TaskMetadataSchema,
  TaskSpecSchema,
} from "../proto/gen/gitpod/v1/environment_automation_pb";
import {
  type Environment,
  EnvironmentMetadataSchema,
  EnvironmentSpec_AutomationsFileSchema,
  EnvironmentSpec_ContentSchema,
  EnvironmentSpec_DevContainerSchema,
  EnvironmentSpec_MachineSchema,
  EnvironmentSpecSchema,
  EnvironmentStatus_AutomationsFileSchema,
  EnvironmentStatus_ContentSchema,
  EnvironmentStatus_DevContainerSchema,
  EnvironmentStatus_MachineSchema,
  EnvironmentStatusSchema,
} from "../proto/gen/gitpod/v1/environment_pb";
import { type Project, ProjectMetadataSchema } from "../proto/gen/gitpod/v1/project_pb";

/** A project with the parts that the emulator always fills. */
export type WholeProject = ReturnType<typeof completeProject>;

/** Fills the parts of a project that are missing. */
export function completeProject(remote: Project) {
  return Object.assign(remote, { metadata: remote.metadata ?? create(ProjectMetadataSchema) });
}

/** An environment with the parts that the emulator always fills. */
export type WholeEnvironment = ReturnType<typeof completeEnvironment>;

/** Fills the parts of an environment that are missing. */
export function completeEnvironment(remote: Environment) {
  const spec = remote.spec ?? create(EnvironmentSpecSchema);
  const status = remote.status ?? create(EnvironmentStatusSchema);
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(EnvironmentMetadataSchema),
    spec: Object.assign(spec, {
      machine: spec.machine ?? create(EnvironmentSpec_MachineSchema),
      content: spec.content ?? create(EnvironmentSpec_ContentSchema),
      devcontainer: spec.devcontainer ?? create(EnvironmentSpec_DevContainerSchema),
      automationsFile: spec.automationsFile ?? create(EnvironmentSpec_AutomationsFileSchema),
    }),
    status: Object.assign(status, {
      machine: status.machine ?? create(EnvironmentStatus_MachineSchema),
      content: status.content ?? create(EnvironmentStatus_ContentSchema),
      devcontainer: status.devcontainer ?? create(EnvironmentStatus_DevContainerSchema),
      automationsFile: status.automationsFile ?? create(EnvironmentStatus_AutomationsFileSchema),
    }),
  });
}

/** A service with the parts that the emulator always fills. */
export type WholeService = ReturnType<typeof completeService>;

/** Fills the parts of a service that are missing. */
export function completeService(remote: Service) {
  const spec = remote.spec ?? create(ServiceSpecSchema);
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(ServiceMetadataSchema),
    spec: Object.assign(spec, { commands: spec.commands ?? create(ServiceSpec_CommandsSchema) }),
    status: remote.status ?? create(ServiceStatusSchema),
  });
}

/** A task with the parts that the emulator always fills. */
export type WholeTask = ReturnType<typeof completeTask>;

/** Fills the parts of a task that are missing. */
export function completeTask(remote: Task) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(TaskMetadataSchema),
    spec: remote.spec ?? create(TaskSpecSchema),
  });
}

/** An execution with the parts that the emulator always fills. */
export type WholeExecution = ReturnType<typeof completeExecution>;

/** Fills the parts of an execution that are missing. */
export function completeExecution(remote: TaskExecution) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(TaskExecutionMetadataSchema),
    spec: remote.spec ?? create(TaskExecutionSpecSchema),
    status: remote.status ?? create(TaskExecutionStatusSchema),
  });
}
