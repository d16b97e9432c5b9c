import { clone, create } from "@bufbuild/protobuf";
import {
  type AutomationTrigger,
  type CreateServiceRequest,
  CreateServiceRequestSchema,
  ServicePhase as Phase,
  ServiceSchema,
  type UpdateServiceRequest,
  type UpdateServiceRequest_ServiceMetadata,
  type UpdateServiceRequest_ServiceSpec,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { Caller } from "../caller";
import { insert, respecified } from "../change";
import { denied, invalid, precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import { completeService } from "../whole";
import type { ServiceRow } from "../world";
import { placeFor, requireFreeReference } from "./place";

/** Adds a service, which rests until it is started, asked for as RUNNING, or triggered. */
export function createService(site: Site, caller: Caller, request: CreateServiceRequest): ServiceRow {
  const { environmentId, metadata, spec } = clone(CreateServiceRequestSchema, request);
  const environment = placeFor(site, caller, environmentId);
  if (metadata === undefined) {
    throw invalid("metadata: reference and name are required");
  }
  const present = [...site.world.services.rows.values()].filter((row) => row.remote.status.phase !== Phase.DELETED);
  requireFreeReference(site, "service", present, environmentId, metadata.reference);
  checkTriggers(metadata.triggeredBy);
  const id = site.newId();
  const remote = completeService(
    create(ServiceSchema, { id, environmentId, metadata, status: { statusVersion: 1n, phase: Phase.STOPPED } }),
  );
  Object.assign(remote.metadata, {
    createdAt: timestamp(site),
    creator: { $typeName: "gitpod.v1.Subject", id: caller.id, principal: caller.principal },
  });
  Object.assign(remote.spec, spec, {
    specVersion: 1n,
    desiredPhase: spec?.desiredPhase || Phase.STOPPED,
    session: spec?.session || site.newId(),
    commands: spec?.commands ?? remote.spec.commands,
  });
  const row: ServiceRow = {
    id,
    remote,
    owner: environment.owner,
    // `service-created-running`: Facts are silent on a desired phase at creation; the emulator starts the service when
    // it is RUNNING.
    owed: {
      action:
        remote.spec.desiredPhase === Phase.RUNNING && !site.otherwise("service-created-running") ? "start" : "none",
      attempts: 0,
      steps: 0,
      polls: 0,
      since: 0,
    },
  };
  insert(site, site.world.services, row);
  return row;
}

/** Changes a service; what is missing in the request stays, and settings change only at rest. */
export function updateService(site: Site, row: ServiceRow, request: UpdateServiceRequest): void {
  const { phase } = row.remote.status;
  if (request.status !== undefined) {
    throw denied("only the environment itself may report the status of a service");
  }
  if (row.owed.action === "delete" || phase === Phase.DELETED) {
    throw precondition(`service ${row.id} is being deleted`);
  }
  const rests = (phase === Phase.STOPPED || phase === Phase.FAILED) && row.owed.action !== "start";
  if (request.spec !== undefined && !rests && !site.otherwise("service-spec-at-rest")) {
    // `service-spec-at-rest`: The code of the API is not known; the emulator chose failed_precondition.
    throw precondition(`service ${row.id} is not stopped: its spec changes only while it is stopped`);
  }
  if (request.metadata !== undefined) {
    applyMetadata(row, request.metadata);
  }
  if (request.spec !== undefined) {
    applySpec(site, row, request.spec);
  }
  respecified(site, site.world.services, row);
}

function applyMetadata({ remote }: ServiceRow, update: UpdateServiceRequest_ServiceMetadata): void {
  const { metadata } = remote;
  const { name, description, triggeredBy, role } = update;
  checkTriggers(triggeredBy?.trigger ?? []);
  metadata.name = name ?? metadata.name;
  metadata.description = description ?? metadata.description;
  metadata.triggeredBy = triggeredBy?.trigger ?? metadata.triggeredBy;
  metadata.role = role ?? metadata.role;
}

function applySpec(site: Site, { remote }: ServiceRow, update: UpdateServiceRequest_ServiceSpec): void {
  const { spec } = remote;
  const { commands, env, runsOn, readinessTimeout } = update;
  spec.commands.start = commands?.start ?? spec.commands.start;
  spec.commands.ready = commands?.ready ?? spec.commands.ready;
  spec.commands.stop = commands?.stop ?? spec.commands.stop;
  // A plain list has no presence, so an empty one cannot be told from one that was left out.
  spec.env = env.length > 0 || site.otherwise("automation-empty-list") ? env : spec.env;
  if (runsOn !== undefined) {
    spec.runsOn = runsOn;
  }
  if (readinessTimeout !== undefined) {
    spec.readinessTimeout = readinessTimeout;
  }
}

function checkTriggers(triggers: AutomationTrigger[]): void {
  if (triggers.some(({ trigger }) => trigger.case === "beforeSnapshot")) {
    throw invalid("metadata.triggered_by: only tasks accept before_snapshot");
  }
}
