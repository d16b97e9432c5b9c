import { clone, create } from "@bufbuild/protobuf";
import { type Project, ProjectEnvironmentClassSchema, ProjectSchema } from "../../proto/gen/gitpod/v1/project_pb";
import type { ProjectRow } from "../world";
import { usedBy } from "./use";

/** The project as the API returns it; reads leave the technical description out. */
export function viewProject(row: ProjectRow, after: "read" | "written"): Project {
  const project = clone(ProjectSchema, row.remote);
  project.usedBy = usedBy(row);
  // The deprecated field is marked as required in answers, so it is never missing.
  project.environmentClass = project.environmentClasses[0] ?? create(ProjectEnvironmentClassSchema);
  if (after === "read") {
    project.technicalDescription = "";
  }
  return project;
}
