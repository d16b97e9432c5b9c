import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { defineFunction } from "./define-function";

/** Returns one project. */
export const getProject = defineFunction({
  name: "getProject",
  method: ProjectService.method.getProject,
  required: ["projectId"],
});
