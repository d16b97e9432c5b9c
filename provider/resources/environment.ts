import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { EnvironmentInputsSchema } from "../../proto/gen/provider/v1/inputs_pb";
import { defineResource } from "../model/definition";

const environments = EnvironmentService.method;

/** A development environment on a runner. */
export const environment = defineResource({
  kind: "Environment",
  create: environments.createEnvironment,
  createWith: { projectId: environments.createEnvironmentFromProject },
  get: environments.getEnvironment,
  list: environments.listEnvironments,
  update: environments.updateEnvironment,
  delete: environments.deleteEnvironment,
  extra: { forceDelete: { method: environments.deleteEnvironment, field: "force", on: "delete" } },
  own: EnvironmentInputsSchema,
  passive: ["discardUnsavedWork"],
  guard: {
    counts: ["status.content.git.totalChangedFiles", "status.content.git.totalUnpushedCommits"],
    unless: "discardUnsavedWork",
  },
  outputOnly: ["spec.specVersion", "spec.ports[].authNonce"],
  deprecated: ["spec.kernelControlsConfig.veto.exec.denyBlockDevices"],
  choices: { "spec.machine.class": environments.listEnvironmentClasses },
  repeatedIn: {
    "spec.content.initializer": [
      "metadata.originalContextUrl",
      "status.content.git.cloneUrl",
      "status.content.git.branch",
      "status.content.contentLocationInMachine",
      "status.devcontainer.remoteWorkspaceFolder",
    ],
  },
  volatile: [
    "metadata.lastStartedAt",
    "spec.specVersion",
    "status.runnerAck",
    "status.activitySignal",
    "status.content.git.changedFiles",
    "status.content.git.unpushedCommits",
    "status.content.git.latestCommit",
  ],
  mergeBy: {
    "spec.ports": { key: "port", removedWithout: "admission", platformKeys: [50432, 61000] },
    "spec.sshPublicKeys": { key: "id", removedWithout: "value" },
    // The server adds those of the organization, the project and the user.
    "spec.secrets": { key: "name", removedWithout: "name" },
  },
  cannotClear: { name: "leave", "spec.content.initializer": "replace", "spec.timeout.disconnected": "leave" },
  creatorOnly: true,
  identity: { by: "annotation", at: "annotations", acknowledge: environments.markEnvironmentActive },
  phase: {
    at: "status.phase",
    events: { type: "ENVIRONMENT" },
    parts: ["status.machine", "status.secrets[]", "status.content", "status.devcontainer", "status.automationsFile"],
    log: "status.environmentUrls.logs",
    desired: "spec.desiredPhase",
    targets: {
      ENVIRONMENT_PHASE_RUNNING: environments.startEnvironment,
      ENVIRONMENT_PHASE_STOPPED: environments.stopEnvironment,
    },
    gone: ["ENVIRONMENT_PHASE_DELETED"],
    archived: { at: "metadata.archivedAt", undo: environments.unarchiveEnvironment },
  },
  timeouts: { create: 1800, update: 1800, delete: 900 },
});
