import { create } from "@bufbuild/protobuf";
import { type Prompt, PromptMetadataSchema, PromptSpecSchema } from "../proto/gen/gitpod/v1/agent_pb";
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
import {
  type Prebuild,
  PrebuildMetadataSchema,
  PrebuildSpecSchema,
  PrebuildStatusSchema,
  type WarmPool,
  WarmPoolMetadataSchema,
  WarmPoolSpecSchema,
  WarmPoolStatusSchema,
} from "../proto/gen/gitpod/v1/prebuild_pb";
import { type Project, ProjectMetadataSchema } from "../proto/gen/gitpod/v1/project_pb";
import {
  type Runner,
  RunnerConfigurationSchema,
  RunnerSpecSchema,
  RunnerStatusSchema,
} from "../proto/gen/gitpod/v1/runner_pb";
import { type Webhook, Webhook_MetadataSchema, Webhook_SpecSchema } from "../proto/gen/gitpod/v1/webhook_pb";
import {
  type Workflow,
  Workflow_MetadataSchema,
  Workflow_SpecSchema,
  type WorkflowExecution,
  WorkflowExecution_MetadataSchema,
  WorkflowExecution_SpecSchema,
  WorkflowExecution_StatusSchema,
} from "../proto/gen/gitpod/v1/workflow_pb";

/** A project with the parts that the emulator always fills. */
export type WholeProject = ReturnType<typeof completeProject>;

/** Fills the parts of a project that are missing. */
export function completeProject(remote: Project) {
  return Object.assign(remote, { metadata: remote.metadata ?? create(ProjectMetadataSchema) });
}

/** A runner with the parts that the emulator always fills. */
export type WholeRunner = ReturnType<typeof completeRunner>;

/** Fills the parts of a runner that are missing. */
export function completeRunner(remote: Runner) {
  const spec = remote.spec ?? create(RunnerSpecSchema);
  return Object.assign(remote, {
    spec: Object.assign(spec, { configuration: spec.configuration ?? create(RunnerConfigurationSchema) }),
    status: remote.status ?? create(RunnerStatusSchema),
  });
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

/** A prebuild with the parts that the emulator always fills. */
export type WholePrebuild = ReturnType<typeof completePrebuild>;

/** Fills the parts of a prebuild that are missing. */
export function completePrebuild(remote: Prebuild) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(PrebuildMetadataSchema),
    spec: remote.spec ?? create(PrebuildSpecSchema),
    status: remote.status ?? create(PrebuildStatusSchema),
  });
}

/** A warm pool with the parts that the emulator always fills. */
export type WholeWarmPool = ReturnType<typeof completeWarmPool>;

/** Fills the parts of a warm pool that are missing. */
export function completeWarmPool(remote: WarmPool) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(WarmPoolMetadataSchema),
    spec: remote.spec ?? create(WarmPoolSpecSchema),
    status: remote.status ?? create(WarmPoolStatusSchema),
  });
}

/** A webhook with the parts that the emulator always fills. */
export type WholeWebhook = ReturnType<typeof completeWebhook>;

/** Fills the parts of a webhook that are missing. */
export function completeWebhook(remote: Webhook) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(Webhook_MetadataSchema),
    spec: remote.spec ?? create(Webhook_SpecSchema),
  });
}

/** A workflow with the parts that the emulator always fills. */
export type WholeWorkflow = ReturnType<typeof completeWorkflow>;

/** Fills the parts of a workflow that are missing. */
export function completeWorkflow(remote: Workflow) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(Workflow_MetadataSchema),
    spec: remote.spec ?? create(Workflow_SpecSchema),
  });
}

/** An execution of a workflow with the parts that the emulator always fills. */
export type WholeWorkflowExecution = ReturnType<typeof completeWorkflowExecution>;

/** Fills the parts of an execution of a workflow that are missing. */
export function completeWorkflowExecution(remote: WorkflowExecution) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(WorkflowExecution_MetadataSchema),
    spec: remote.spec ?? create(WorkflowExecution_SpecSchema),
    status: remote.status ?? create(WorkflowExecution_StatusSchema),
  });
}

/** A prompt with the parts that the emulator always fills. */
export type WholePrompt = ReturnType<typeof completePrompt>;

/** Fills the parts of a prompt that are missing. */
export function completePrompt(remote: Prompt) {
  return Object.assign(remote, {
    metadata: remote.metadata ?? create(PromptMetadataSchema),
    spec: remote.spec ?? create(PromptSpecSchema),
  });
}
