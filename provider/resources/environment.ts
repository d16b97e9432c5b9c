import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { EnvironmentInputsSchema } from "../../proto/gen/provider/v1/inputs_pb";
import { defineResource } from "../model/definition";

const environments = EnvironmentService.method;

/** The environment classes that environments can be made of. */
const classes = {
  list: environments.listEnvironmentClasses,
  filter: { enabled: true, canCreateEnvironments: true },
} as const;

/** Why nobody manages an environment that is made for something else. */
const passing = "The platform makes and ends it, for a prebuild or an automation.";

/** The phases of what is put in place in an environment. */
const content = {
  moving: ["CONTENT_PHASE_CREATING", "CONTENT_PHASE_INITIALIZING", "CONTENT_PHASE_UPDATING"],
  failed: ["CONTENT_PHASE_FAILED"],
};

/**
 * A development environment on a runner: a machine with the content of a repository.
 *
 * It is created from `spec`, or from a project when `projectId` is set, in which case `spec` only says what differs
 * from the project. A create returns when the environment is in `spec.desiredPhase` (running, or stopped); when the
 * phase is left out, when it has come up once. A stated phase is kept: an environment that stopped by itself is started
 * by the next `pulumi up`. Leave the phase out where people start and stop the environment themselves.
 *
 * Ports and SSH keys are found by `port` and `id`, and those that others have added are left alone.
 * `spec.timeout.disconnected` is a duration such as `"1800s"`, at least half an hour, or `"0s"` for never. `forceDelete`
 * deletes without stopping first, which can lose work; without `discardUnsavedWork`, an environment that reports unsaved
 * work is not deleted.
 */
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
    counts: {
      "status.content.git.totalChangedFiles": "changed files",
      "status.content.git.totalUnpushedCommits": "unpushed commits",
    },
    unless: "discardUnsavedWork",
  },
  outputOnly: ["spec.specVersion", "spec.ports[].authNonce"],
  deprecated: ["spec.kernelControlsConfig.veto.exec.denyBlockDevices"],
  filledIn: [
    "sessionId",
    "spec.machine.session",
    "spec.content.session",
    "spec.secrets[].session",
    "spec.devcontainer.session",
    "spec.automationsFile.session",
  ],
  choices: { "spec.machine.class": classes },
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
  cannotClear: {
    name: "leave",
    // An empty marker does the work again that a new one asks for.
    "spec.machine.session": "leave",
    "spec.content.session": "leave",
    "spec.content.initializer": "replace",
    "spec.timeout.disconnected": "leave",
    "spec.devcontainer.session": "leave",
    "spec.automationsFile.session": "leave",
  },
  creatorOnly: true,
  identity: { by: "annotation", at: "annotations", acknowledge: environments.markEnvironmentActive },
  phase: {
    at: "status.phase",
    events: "ENVIRONMENT",
    parts: {
      "status.machine": { moving: ["PHASE_CREATING", "PHASE_STARTING", "PHASE_STOPPING", "PHASE_DELETING"] },
      "status.secrets[]": { ...content, name: "secretName" },
      "status.content": content,
      "status.devcontainer": { moving: ["PHASE_CREATING"], failed: ["PHASE_FAILED"] },
      "status.automationsFile": content,
    },
    reasons: ["status.machine.timeout"],
    log: { at: "status.environmentUrls.logs", token: environments.createEnvironmentLogsToken },
    confirmed: { version: "spec.specVersion", at: "status.runnerAck.specVersion" },
    desired: "spec.desiredPhase",
    targets: {
      ENVIRONMENT_PHASE_RUNNING: environments.startEnvironment,
      ENVIRONMENT_PHASE_STOPPED: environments.stopEnvironment,
    },
    gone: ["ENVIRONMENT_PHASE_DELETED"],
    archived: { at: "metadata.archivedAt", undo: environments.unarchiveEnvironment },
  },
  timeouts: { create: 1800, update: 1800, delete: 900 },
  unmanaged: { "metadata.role": { ENVIRONMENT_ROLE_PREBUILD: passing, ENVIRONMENT_ROLE_WORKFLOW: passing } },
});
