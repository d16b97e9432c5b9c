import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { defineResource } from "../model/definition";

const projects = ProjectService.method;

/** The environment classes that environments can be made of. */
const classes = {
  list: EnvironmentService.method.listEnvironmentClasses,
  filter: { enabled: true, canCreateEnvironments: true },
} as const;

/**
 * A repository together with the settings of the environments made from it.
 *
 * `initializer` says what is cloned, `environmentClasses` which machines environments may have, by order of preference:
 * 1 to 30 entries, which replace the earlier ones together; when the list is removed from the program, the project keeps
 * what it has, because the API has no way to empty it. `technicalDescription` (at most 8192 characters) is never given
 * back by the API, so a change made elsewhere goes unnoticed. A project that only waits for its prebuilds to be cleaned
 * up counts as gone.
 */
export const project = defineResource({
  kind: "Project",
  create: projects.createProject,
  get: projects.getProject,
  list: projects.listProjects,
  update: projects.updateProject,
  delete: projects.deleteProject,
  extra: {
    environmentClasses: {
      method: projects.updateProjectEnvironmentClasses,
      field: "projectEnvironmentClasses",
      on: "write",
    },
  },
  updateOnly: ["recommendedEditors"],
  required: ["name", "initializer"],
  choices: {
    "environmentClasses[].environmentClassId": classes,
    "prebuildConfiguration.environmentClassIds[]": classes,
  },
  writeOnly: ["technicalDescription"],
  volatile: ["usedBy", "metadata.updatedAt", "environmentClass"],
  cannotClear: { environmentClasses: "leave" },
  phase: { at: "desiredPhase", gone: ["PROJECT_PHASE_DELETED"], events: "PROJECT" },
  timeouts: { create: 60, update: 60, delete: 600 },
});
