import { clone, create } from "@bufbuild/protobuf";
import { type Subject, SubjectSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import {
  type Project,
  Project_UsedBySchema,
  ProjectEnvironmentClassSchema,
  ProjectSchema,
} from "../../proto/gen/gitpod/v1/project_pb";
import type { Site } from "../site";
import type { ProjectRow } from "../world";

/** The project as the API returns it; reads leave the technical description out. */
export function viewProject(site: Site, row: ProjectRow, after: "read" | "written"): Project {
  const project = clone(ProjectSchema, row.remote);
  const users = usersOf(site, row);
  project.usedBy = create(Project_UsedBySchema, { subjects: users, totalSubjects: users.length });
  // The deprecated field is marked as required in answers, so it is never missing.
  project.environmentClass = project.environmentClasses[0] ?? create(ProjectEnvironmentClassSchema);
  if (after === "read") {
    project.technicalDescription = "";
  }
  return project;
}

/** Who has environments of a project. */
export function usersOf(site: Site, row: ProjectRow): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const { remote } of site.world.environments.rows.values()) {
    const { creator, projectId } = remote.metadata;
    if (projectId === row.id && creator !== undefined) {
      subjects.set(creator.id, clone(SubjectSchema, creator));
    }
  }
  return [...subjects.values()];
}
