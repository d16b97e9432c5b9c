import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { defineFunction } from "./define-function";

/** Lists projects. */
export const listProjects = defineFunction({
  name: "listProjects",
  method: ProjectService.method.listProjects,
});
