// For what a program builds in functions of its own: parts of arguments and of outputs, as the API has them in JSON.
export type {
  AutomationsFile_ServiceJson as AutomationsFileServiceJson,
  AutomationsFile_TaskJson as AutomationsFileTaskJson,
  AutomationsFileJson,
  AutomationTriggerJson,
  EnvironmentVariableItemJson,
  RunsOnJson,
  ServiceSpecJson,
  ServiceStatusJson,
  TaskExecutionStatusJson,
  TaskSpecJson,
} from "../proto/gen/gitpod/v1/environment_automation_pb";
export type {
  EnvironmentInitializerJson,
  EnvironmentMetadataJson,
  EnvironmentSpec_EnvironmentPortJson as EnvironmentPortJson,
  EnvironmentSpecJson,
  EnvironmentStatus_EnvironmentURLsJson as EnvironmentURLsJson,
  EnvironmentStatusJson,
} from "../proto/gen/gitpod/v1/environment_pb";
export type { SubjectJson } from "../proto/gen/gitpod/v1/identity_pb";
export type { ProjectEnvironmentClassJson, ProjectPrebuildConfigurationJson } from "../proto/gen/gitpod/v1/project_pb";
export type { SecretScopeJson } from "../proto/gen/gitpod/v1/secret_pb";
export type { TaskRun } from "./own/task";
