import { create } from "@bufbuild/protobuf";
import {
  type AutomationsFile_Service,
  type AutomationsFile_Task,
  type AutomationTrigger,
  AutomationTriggerSchema,
  CreateServiceRequestSchema,
  CreateTaskRequestSchema,
  ServicePhase,
  ServiceRole,
  type UpsertAutomationsFileRequest,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { Caller } from "../caller";
import { changed, remove, respecified } from "../change";
import { invalid } from "../refusal";
import type { Site } from "../site";
import type { EnvironmentRow, ServiceRow, TaskRow } from "../world";
import { checkDependencies } from "./plan";
import { createService } from "./service-change";
import { createTask, deleteTask } from "./task-change";

/**
 * Creates or updates services and tasks by their references; those that the file does not name stay. Facts are silent
 * on a file of which one part is refused; the emulator has taken the parts before it
 * (`automations-file-partly-refused`).
 */
export function upsertAutomationsFile(
  site: Site,
  caller: Caller,
  environment: EnvironmentRow,
  { automationsFile }: UpsertAutomationsFileRequest,
): { updatedServiceIds: string[]; updatedTaskIds: string[] } {
  const services = Object.entries(automationsFile?.services ?? {});
  const tasks = Object.entries(automationsFile?.tasks ?? {});
  const updatedServiceIds = services.map(([reference, file]) =>
    upsertService(site, caller, environment, reference, file),
  );
  const updatedTaskIds = tasks.map(([reference, file]) => upsertTask(site, caller, environment, reference, file));
  for (const [reference, file] of tasks) {
    linkTask(site, environment, reference, file);
  }
  if (site.otherwise("automations-file-others-kept")) {
    removeOthers(site, environment, new Set([...updatedServiceIds, ...updatedTaskIds]));
  }
  return { updatedServiceIds, updatedTaskIds };
}

function removeOthers(site: Site, environment: EnvironmentRow, named: ReadonlySet<string>): void {
  const isOther = ({ id, owner }: ServiceRow | TaskRow): boolean =>
    owner.environmentId === environment.id && !named.has(id);
  for (const row of [...site.world.services.rows.values()].filter(isOther)) {
    remove(site, site.world.services, row);
  }
  for (const row of [...site.world.tasks.rows.values()].filter(isOther)) {
    deleteTask(site, row);
  }
}

function upsertService(
  site: Site,
  caller: Caller,
  environment: EnvironmentRow,
  reference: string,
  file: AutomationsFile_Service,
): string {
  const { name, description, commands, runsOn, readinessTimeout } = file;
  const role = roles[file.role] ?? ServiceRole.UNSPECIFIED;
  const triggeredBy = file.triggeredBy.map(triggerOf);
  const present = serviceBy(site, environment, reference);
  if (present === undefined) {
    const request = create(CreateServiceRequestSchema, {
      environmentId: environment.id,
      metadata: { reference, name, description, role, triggeredBy },
      spec: {
        ...(commands === undefined ? {} : { commands }),
        ...(runsOn === undefined ? {} : { runsOn }),
        ...(readinessTimeout === undefined ? {} : { readinessTimeout }),
      },
    });
    return createService(site, caller, request).id;
  }
  // `automations-file-running-service`: Facts are silent on a file that changes a running service; the emulator changes
  // it without a restart.
  const { metadata, spec } = present.remote;
  Object.assign(metadata, { name, description, role, triggeredBy });
  Object.assign(spec, { commands: commands ?? spec.commands, runsOn, readinessTimeout });
  respecified(site, site.world.services, present);
  return present.id;
}

function upsertTask(
  site: Site,
  caller: Caller,
  environment: EnvironmentRow,
  reference: string,
  file: AutomationsFile_Task,
): string {
  const { name, description, command, runsOn, prebuildRequiresSuccess } = file;
  const triggeredBy = file.triggeredBy.map(triggerOf);
  const present = taskBy(site, environment, reference);
  if (present === undefined) {
    const request = create(CreateTaskRequestSchema, {
      environmentId: environment.id,
      metadata: { reference, name, description, triggeredBy },
      spec: { command, prebuildRequiresSuccess, ...(runsOn === undefined ? {} : { runsOn }) },
    });
    return createTask(site, caller, request).id;
  }
  Object.assign(present.remote.metadata, { name, description, triggeredBy });
  Object.assign(present.remote.spec, { command, prebuildRequiresSuccess, runsOn });
  changed(site, site.world.tasks, present);
  return present.id;
}

/** A file names dependencies by reference, the API by id. */
function linkTask(site: Site, environment: EnvironmentRow, reference: string, file: AutomationsFile_Task): void {
  const task = taskBy(site, environment, reference);
  const ids = file.dependsOn.map((other) => {
    const found = taskBy(site, environment, other) ?? serviceBy(site, environment, other);
    if (found === undefined) {
      throw invalid(`automations_file.tasks["${reference}"].depends_on: ${other} is not in this environment`);
    }
    return found.id;
  });
  if (task !== undefined) {
    checkDependencies(site, environment.id, task.id, ids);
    task.remote.dependsOn = ids;
  }
}

const roles: Partial<Record<string, ServiceRole>> = {
  default: ServiceRole.DEFAULT,
  editor: ServiceRole.EDITOR,
  "ai-agent": ServiceRole.AI_AGENT,
};

function triggerOf(name: string): AutomationTrigger {
  switch (name) {
    case "postEnvironmentStart":
    case "postDevcontainerStart":
    case "prebuild":
      return create(AutomationTriggerSchema, { trigger: { case: name, value: true } });
    default:
      return create(AutomationTriggerSchema, { trigger: { case: "manual", value: true } });
  }
}

function serviceBy(site: Site, environment: EnvironmentRow, reference: string): ServiceRow | undefined {
  return [...site.world.services.rows.values()].find(
    ({ owner, remote }) =>
      owner.environmentId === environment.id &&
      remote.metadata.reference === reference &&
      remote.status.phase !== ServicePhase.DELETED,
  );
}

function taskBy(site: Site, environment: EnvironmentRow, reference: string): TaskRow | undefined {
  return [...site.world.tasks.rows.values()].find(
    ({ owner, remote }) => owner.environmentId === environment.id && remote.metadata.reference === reference,
  );
}
