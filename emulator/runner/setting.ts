import { create } from "@bufbuild/protobuf";
import {
  type FieldValue,
  type RunnerConfigurationSchema,
  RunnerConfigurationSchemaSchema,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { invalid } from "../refusal";

/** The settings that every runner of the emulator knows. */
export const runnerSettings: RunnerConfigurationSchema = create(RunnerConfigurationSchemaSchema, {
  version: "1",
  environmentClasses: [
    { id: "machineType", name: "Machine type", required: true, type: { case: "string", value: {} } },
    { id: "diskSizeGb", name: "Disk size", type: { case: "int", value: { default: 80, min: 30, max: 2000 } } },
    { id: "spot", name: "Spot instance", type: { case: "bool", value: {} } },
  ],
  scm: [
    { scmId: "github", name: "GitHub", defaultHosts: ["github.com"], oauth: {}, pat: {} },
    { scmId: "gitlab", name: "GitLab", defaultHosts: ["gitlab.com"], oauth: {}, pat: {} },
  ],
});

/** Refuses settings of an environment class that the runner does not know. */
export function checkSettings(configuration: readonly FieldValue[]): void {
  const known = runnerSettings.environmentClasses.map(({ id }) => id);
  const unknown = configuration.find(({ key }) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalid(`configuration: the runner knows no setting ${unknown.key}, but ${known.join(", ")}`);
  }
}
