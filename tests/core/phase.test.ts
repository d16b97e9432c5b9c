import { ServicePhaseSchema, TaskExecutionPhaseSchema } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentPhaseSchema } from "../../proto/gen/gitpod/v1/environment_pb";
import { ProjectPhaseSchema } from "../../proto/gen/gitpod/v1/project_pb";
import type { Definition } from "../../provider/model/definition";
import { meaningOf } from "../../provider/model/phase";
import { environment, project, service, taskExecution } from "../../provider/resources";

function meanings(
  definition: Definition,
  schema: { values: readonly { name: string; localName: string }[] },
  target: string,
) {
  const prefix = schema.values[0]!.name.slice(0, -"UNSPECIFIED".length);
  return Object.fromEntries(
    schema.values.map(({ name, localName }) => [localName, meaningOf(definition, name, prefix + target)]),
  );
}

test("every phase of an environment means something for every phase that can be asked for", () => {
  expect(meanings(environment, EnvironmentPhaseSchema, "RUNNING")).toEqual({
    UNSPECIFIED: "pending",
    CREATING: "pending",
    STARTING: "pending",
    RUNNING: "reached",
    UPDATING: "pending",
    STOPPING: "pending",
    STOPPED: "elsewhere",
    DELETING: "pending",
    DELETED: "gone",
  });
  expect(meanings(environment, EnvironmentPhaseSchema, "STOPPED")).toEqual({
    UNSPECIFIED: "pending",
    CREATING: "pending",
    STARTING: "pending",
    RUNNING: "elsewhere",
    UPDATING: "pending",
    STOPPING: "pending",
    STOPPED: "reached",
    DELETING: "pending",
    DELETED: "gone",
  });
});

test("every phase of a service means something for every phase that can be asked for", () => {
  expect(meanings(service, ServicePhaseSchema, "RUNNING")).toEqual({
    UNSPECIFIED: "pending",
    STARTING: "pending",
    RUNNING: "reached",
    STOPPING: "pending",
    STOPPED: "elsewhere",
    FAILED: "failed",
    DELETED: "gone",
  });
  expect(meanings(service, ServicePhaseSchema, "STOPPED")).toEqual({
    UNSPECIFIED: "pending",
    STARTING: "pending",
    RUNNING: "elsewhere",
    STOPPING: "pending",
    STOPPED: "reached",
    FAILED: "failed",
    DELETED: "gone",
  });
});

test("every phase of a task execution means something for every phase that can be asked for", () => {
  expect(meanings(taskExecution, TaskExecutionPhaseSchema, "SUCCEEDED")).toEqual({
    UNSPECIFIED: "pending",
    PENDING: "pending",
    RUNNING: "pending",
    SUCCEEDED: "reached",
    FAILED: "failed",
    STOPPED: "failed",
  });
  expect(meanings(taskExecution, TaskExecutionPhaseSchema, "RUNNING")).toEqual({
    UNSPECIFIED: "pending",
    PENDING: "pending",
    RUNNING: "reached",
    SUCCEEDED: "reached",
    FAILED: "failed",
    STOPPED: "failed",
  });
});

test("a project that waits for its prebuilds to go is gone", () => {
  expect(meanings(project, ProjectPhaseSchema, "")).toEqual({
    UNSPECIFIED: "pending",
    ACTIVE: "pending",
    DELETED: "gone",
  });
});

test("a phase that this version does not know is on its way", () => {
  expect(meaningOf(environment, undefined, "ENVIRONMENT_PHASE_RUNNING")).toBe("pending");
  expect(meaningOf(environment, "ENVIRONMENT_PHASE_HIBERNATING", "ENVIRONMENT_PHASE_RUNNING")).toBe("pending");
});
