import { clone, create } from "@bufbuild/protobuf";
import {
  AdmissionLevel,
  CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
  type CreateEnvironmentFromProjectRequest,
  type CreateEnvironmentRequest,
  EnvironmentPhase,
  EnvironmentRole,
  EnvironmentSchema,
  type EnvironmentSpec,
  EnvironmentSpec_AutomationsFileSchema,
  EnvironmentSpec_ContentSchema,
  EnvironmentSpec_DevContainerSchema,
  EnvironmentSpec_EnvironmentPortSchema,
  EnvironmentSpec_MachineSchema,
  EnvironmentSpec_TimeoutSchema,
  EnvironmentSpecSchema,
  EnvironmentStatus_ContentPhase,
  EnvironmentStatus_Machine_Phase,
  EnvironmentSpec_EnvironmentPort_Protocol as Protocol,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { type Caller, find } from "../caller";
import { insert } from "../change";
import { recordUse } from "../project/use";
import { invalid } from "../refusal";
import { type Site, timestamp } from "../site";
import { completeEnvironment } from "../whole";
import type { EnvironmentRow, ProjectRow } from "../world";
import { generateName } from "./name";
import { secretsFor } from "./secret";

/** Adds an environment, which begins to come up. */
export function createEnvironment(site: Site, caller: Caller, request: CreateEnvironmentRequest): EnvironmentRow {
  const spec = clone(EnvironmentSpecSchema, request.spec ?? create(EnvironmentSpecSchema));
  return add(site, caller, spec, request, "");
}

/** Adds an environment with the settings of a project, which those of the request override. */
export function createEnvironmentFromProject(
  site: Site,
  caller: Caller,
  request: CreateEnvironmentFromProjectRequest,
): EnvironmentRow {
  const project = find(site.world.projects, caller, request.projectId);
  const spec = clone(EnvironmentSpecSchema, request.spec ?? create(EnvironmentSpecSchema));
  overlayProject(spec, project);
  const row = add(site, caller, spec, request, project.id);
  recordUse(site, project, caller);
  return row;
}

function add(
  site: Site,
  caller: Caller,
  spec: EnvironmentSpec,
  request: Pick<CreateEnvironmentRequest, "name" | "sessionId" | "annotations">,
  projectId: string,
): EnvironmentRow {
  if (site.otherwise("environment-created-stopped")) {
    spec.desiredPhase = EnvironmentPhase.RUNNING;
  }
  const stopWhenUp = spec.desiredPhase === EnvironmentPhase.STOPPED;
  const id = site.newId();
  const now = timestamp(site);
  const { organizationId } = caller;
  const remote = create(EnvironmentSchema, {
    id,
    metadata: {
      organizationId,
      annotations: site.otherwise("environment-annotations-kept") ? {} : { ...request.annotations },
      name: request.name ?? generateName(),
      creator: { id: caller.id, principal: caller.principal },
      originalContextUrl: contextUrlOf(spec),
      createdAt: now,
      lastStartedAt: now,
      projectId,
      runnerId: runnerOf(site, caller, spec, projectId),
      role: EnvironmentRole.DEFAULT,
      sessionId: request.sessionId === "" ? site.newId() : request.sessionId,
    },
    spec: fill(site, spec),
    status: {
      statusVersion: 1n,
      phase: EnvironmentPhase.CREATING,
      machine: { phase: EnvironmentStatus_Machine_Phase.CREATING },
      content: { phase: EnvironmentStatus_ContentPhase.CREATING },
    },
  });
  const row: EnvironmentRow = {
    id,
    remote: completeEnvironment(remote),
    owner: { organizationId, creatorId: caller.id, environmentId: id },
    // `environment-created-stopped`: Facts are silent on a desired phase of STOPPED at creation; the emulator brings it
    // up once and then stops it.
    owed: { attempts: 0, stopWhenUp, restart: false, update: false },
  };
  row.remote.spec.secrets = secretsFor(site, row);
  insert(site, site.world.environments, row);
  return row;
}

function overlayProject(spec: EnvironmentSpec, { remote }: ProjectRow): void {
  spec.machine ??= create(EnvironmentSpec_MachineSchema);
  spec.content ??= create(EnvironmentSpec_ContentSchema);
  spec.devcontainer ??= create(EnvironmentSpec_DevContainerSchema);
  spec.automationsFile ??= create(EnvironmentSpec_AutomationsFileSchema);
  if (spec.content.initializer === undefined && remote.initializer !== undefined) {
    spec.content.initializer = remote.initializer;
  }
  spec.devcontainer.devcontainerFilePath ||= remote.devcontainerFilePath;
  spec.automationsFile.automationsFilePath ||= remote.automationsFilePath;
  spec.machine.class ||= classesOf(remote.environmentClasses)[0] ?? "";
}

function classesOf(entries: ProjectRow["remote"]["environmentClasses"]): string[] {
  return [...entries]
    .sort((one, other) => one.order - other.order)
    .flatMap(({ environmentClass }) => (environmentClass.case === "environmentClassId" ? environmentClass.value : []));
}

/**
 * The runner of the environment class; the code for a class that cannot be used is a choice of the emulator
 * (`environment-class-unusable`).
 */
function runnerOf(site: Site, caller: Caller, spec: EnvironmentSpec, projectId: string): string {
  const wanted = spec.machine?.class ?? "";
  const allowed = classesOf(site.world.projects.rows.get(projectId)?.remote.environmentClasses ?? []);
  if (allowed.length > 0 && !allowed.includes(wanted)) {
    throw invalid(`spec.machine.class: environment class ${wanted} is not one of the project's`, {
      desc: CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
      value: { environmentClassIds: allowed },
    });
  }
  const row = site.world.environmentClasses.rows.get(wanted);
  if (wanted === "") {
    throw invalid("spec.machine.class: an environment class is required");
  }
  if (row === undefined || row.owner.organizationId !== caller.organizationId) {
    throw invalid(`spec.machine.class: environment class ${wanted} does not exist`);
  }
  if (!row.remote.enabled) {
    throw invalid(`spec.machine.class: environment class ${wanted} is disabled`);
  }
  return row.remote.runnerId;
}

/** Adds what the server itself writes into the settings: versions, session markers, timeout, its own ports. */
function fill(site: Site, spec: EnvironmentSpec): EnvironmentSpec {
  spec.specVersion = 1n;
  if (spec.desiredPhase !== EnvironmentPhase.STOPPED) {
    spec.desiredPhase = EnvironmentPhase.RUNNING;
  }
  spec.machine ??= create(EnvironmentSpec_MachineSchema);
  spec.content ??= create(EnvironmentSpec_ContentSchema);
  spec.devcontainer ??= create(EnvironmentSpec_DevContainerSchema);
  spec.automationsFile ??= create(EnvironmentSpec_AutomationsFileSchema);
  for (const part of [spec.machine, spec.content, spec.devcontainer, spec.automationsFile]) {
    part.session ||= site.newId();
  }
  // `environment-timeout-default`: The default timeout is not known; the emulator takes the smallest that is allowed.
  spec.timeout ??= create(EnvironmentSpec_TimeoutSchema, { disconnected: { seconds: 1800n } });
  // `environment-stated-ports-first`: Facts are silent on the order; the emulator adds its own ports at the end.
  const declared = new Set(spec.ports.map(({ port }) => port));
  spec.ports.push(...systemPorts().filter(({ port }) => !declared.has(port)));
  return spec;
}

function systemPorts() {
  return [
    { port: 50432, name: "VS Code Server" },
    { port: 61000, name: "ona-swe-agent" },
  ].map((port) =>
    create(EnvironmentSpec_EnvironmentPortSchema, {
      ...port,
      admission: AdmissionLevel.CREATOR_ONLY,
      protocol: Protocol.HTTP,
    }),
  );
}

function contextUrlOf(spec: EnvironmentSpec): string {
  const first = spec.content?.initializer?.specs.find((one) => one.spec.case === "contextUrl")?.spec;
  return first?.case === "contextUrl" ? first.value.url : "";
}
