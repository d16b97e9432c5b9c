import { clone, create } from "@bufbuild/protobuf";
import {
  type CreateProjectFromEnvironmentRequest,
  type CreateProjectRequest,
  CreateProjectRequestSchema,
  ProjectPhase,
  ProjectSchema,
} from "../../proto/gen/gitpod/v1/project_pb";
import { type Caller, find } from "../caller";
import { insert } from "../change";
import { precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import { completeProject } from "../whole";
import type { ProjectRow } from "../world";

/** Adds a project without environment classes. */
export function createProject(site: Site, caller: Caller, request: CreateProjectRequest): ProjectRow {
  const { organizationId } = caller;
  const { name, initializer, prebuildConfiguration, ...paths } = clone(CreateProjectRequestSchema, request);
  const id = site.newId();
  const now = timestamp(site);
  const remote = create(ProjectSchema, {
    id,
    metadata: {
      organizationId,
      name,
      creator: { id: caller.id, principal: caller.principal },
      createdAt: now,
      updatedAt: now,
    },
    desiredPhase: ProjectPhase.ACTIVE,
    devcontainerFilePath: paths.devcontainerFilePath,
    automationsFilePath: paths.automationsFilePath,
    technicalDescription: paths.technicalDescription,
    ...(initializer === undefined ? {} : { initializer }),
    ...(prebuildConfiguration === undefined ? {} : { prebuildConfiguration }),
  });
  const row: ProjectRow = {
    id,
    remote: completeProject(remote),
    owner: { organizationId, creatorId: caller.id },
    owed: {},
  };
  insert(site, site.world.projects, row);
  return row;
}

/** Adds a project with the repository and the paths of an environment. */
export function createProjectFromEnvironment(
  site: Site,
  caller: Caller,
  { name, environmentId }: CreateProjectFromEnvironmentRequest,
): ProjectRow {
  const { spec } = find(site.world.environments, caller, environmentId).remote;
  if (spec.content.initializer === undefined) {
    throw precondition(`environment ${environmentId} has no repository`);
  }
  return createProject(
    site,
    caller,
    create(CreateProjectRequestSchema, {
      name,
      initializer: spec.content.initializer,
      devcontainerFilePath: spec.devcontainer.devcontainerFilePath,
      automationsFilePath: spec.automationsFile.automationsFilePath,
    }),
  );
}
