export * from "../proto/gen/enums";
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
// For what a program builds in functions of its own: parts of arguments and of outputs, as the API has them in JSON.
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
export * from "./automations-file";
export * from "./environment";
export type { FunctionOptions } from "./functions/ask";
export * from "./functions/environment-logs-token";
export * from "./functions/get-authenticated-identity";
export * from "./functions/get-environment";
export * from "./functions/get-environment-class";
export * from "./functions/get-project";
export * from "./functions/get-service";
export * from "./functions/get-task";
export * from "./functions/get-task-execution";
export * from "./functions/list-environment-classes";
export * from "./functions/list-environments";
export * from "./functions/list-projects";
export * from "./functions/list-services";
export * from "./functions/list-task-executions";
export * from "./functions/list-tasks";
export * from "./functions/mark-environment-active";
export * from "./group";
export * from "./project";
export { Provider, type ProviderArgs } from "./provider";
export * from "./secret";
export * from "./service";
export * from "./task";
export * from "./task-execution";
