import { clone } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  ProjectEnvironmentClassSchema,
  ProjectPhase,
  type ProjectService,
  type UpdateProjectRequest,
} from "../../proto/gen/gitpod/v1/project_pb";
import { type Caller, callerOf, find } from "../caller";
import { changed, linger } from "../change";
import { cutPage } from "../page";
import { createProject, createProjectFromEnvironment } from "../project/create";
import { listProjects } from "../project/list";
import { viewProject } from "../project/view";
import { followPrebuilds } from "../project/warm-pool";
import { invalid, precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import type { ProjectRow } from "../world";

/** Answers the calls of the project service; policies and bulk calls are not emulated. */
export function projectService(site: Site): Partial<ServiceImpl<typeof ProjectService>> {
  const { projects } = site.world;
  return {
    createProject: (request, context) => {
      const row = createProject(site, callerOf(context), request);
      return { project: viewProject(row, "written") };
    },

    createProjectFromEnvironment: (request, context) => {
      const row = createProjectFromEnvironment(site, callerOf(context), request);
      return { project: viewProject(row, "written") };
    },

    getProject: ({ projectId }, context) => ({
      project: viewProject(find(projects, callerOf(context), projectId), "read"),
    }),

    listProjects: (request, context) => {
      const page = cutPage(listProjects(site, callerOf(context), request), request);
      return {
        pagination: page.pagination,
        projects: page.items.map((row) => viewProject(row, "read")),
        ...(page.count === undefined ? {} : { count: page.count }),
      };
    },

    updateProject: (request, context) => {
      const row = active(find(projects, callerOf(context), request.projectId));
      applyUpdate(row, request);
      followPrebuilds(site, row);
      touch(site, row);
      return { project: viewProject(row, "written") };
    },

    deleteProject: ({ projectId }, context) => {
      const row = find(projects, callerOf(context), projectId);
      if (row.remote.desiredPhase !== ProjectPhase.DELETED) {
        row.remote.desiredPhase = ProjectPhase.DELETED;
        linger(site, row);
        touch(site, row);
      }
      return {};
    },

    listProjectEnvironmentClasses: (request, context) => {
      const { remote } = find(projects, callerOf(context), request.projectId);
      const entries = remote.environmentClasses.map((entry, index) => ({ id: String(index), entry }));
      const page = cutPage(entries, request);
      return {
        pagination: page.pagination,
        projectEnvironmentClasses: page.items.map(({ entry }) => clone(ProjectEnvironmentClassSchema, entry)),
      };
    },

    updateProjectEnvironmentClasses: ({ projectId, projectEnvironmentClasses: entries }, context) => {
      const caller = callerOf(context);
      const row = active(find(projects, caller, projectId));
      for (const { environmentClass } of entries) {
        checkClass(site, caller, environmentClass);
      }
      row.remote.environmentClasses = entries;
      touch(site, row);
      return {};
    },
  };
}

function applyUpdate({ remote }: ProjectRow, request: UpdateProjectRequest): void {
  remote.metadata.name = request.name ?? remote.metadata.name;
  remote.devcontainerFilePath = request.devcontainerFilePath ?? remote.devcontainerFilePath;
  remote.automationsFilePath = request.automationsFilePath ?? remote.automationsFilePath;
  remote.technicalDescription = request.technicalDescription ?? remote.technicalDescription;
  if (request.initializer !== undefined) {
    remote.initializer = request.initializer;
  }
  if (request.prebuildConfiguration !== undefined) {
    remote.prebuildConfiguration = request.prebuildConfiguration;
  }
  if (request.recommendedEditors !== undefined) {
    const empty = Object.keys(request.recommendedEditors.editors).length === 0;
    if (empty) {
      delete remote.recommendedEditors;
    } else {
      remote.recommendedEditors = request.recommendedEditors;
    }
  }
}

type Entry = { case: "localRunner"; value: boolean } | { case: "environmentClassId"; value: string };

// `project-class-unknown`: The code for an unknown environment class is not known; the emulator chose invalid_argument.
function checkClass(site: Site, caller: Caller, entry: Entry | { case: undefined; value?: undefined }): void {
  if (entry.case === undefined) {
    throw invalid("project_environment_classes: each entry needs local_runner or environment_class_id");
  }
  const known = site.world.environmentClasses.rows.get(entry.case === "localRunner" ? "" : entry.value);
  if (entry.case === "environmentClassId" && known?.owner.organizationId !== caller.organizationId) {
    throw invalid(`project_environment_classes: environment class ${entry.value} does not exist`);
  }
}

// `project-changed-while-deleted`: Facts are silent on changes of a project that is being deleted; the emulator refuses
// them.
function active(row: ProjectRow): ProjectRow {
  if (row.remote.desiredPhase === ProjectPhase.DELETED) {
    throw precondition(`project ${row.id} is being deleted`);
  }
  return row;
}

function touch(site: Site, row: ProjectRow): void {
  row.remote.metadata.updatedAt = timestamp(site);
  changed(site, site.world.projects, row);
}
