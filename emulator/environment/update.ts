import { clone, create } from "@bufbuild/protobuf";
import { timestampMs } from "@bufbuild/protobuf/wkt";
import {
  AdmissionLevel,
  type EnvironmentSpec_EnvironmentPort,
  EnvironmentSpec_EnvironmentPortSchema,
  EnvironmentSpec_SSHPublicKeySchema,
  EnvironmentSpec_TimeoutSchema,
  EnvironmentPhase as Phase,
  type UpdateEnvironmentRequest,
  type UpdateEnvironmentRequest_Spec,
  type UpdateEnvironmentRequest_SSHPublicKey,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { respecified } from "../change";
import { invalid, precondition } from "../refusal";
import type { Site } from "../site";
import type { WholeEnvironment } from "../whole";
import type { EnvironmentRow } from "../world";

/** Changes the settings of an environment; those that the machine must take up pass UPDATING when it runs. */
export function updateEnvironment(site: Site, row: EnvironmentRow, request: UpdateEnvironmentRequest): void {
  const { remote } = row;
  if (remote.spec.desiredPhase === Phase.DELETED) {
    throw precondition(`environment ${row.id} is being deleted`);
  }
  if (remote.status.phase === Phase.STOPPED && site.otherwise("environment-update-stopped")) {
    throw precondition(`environment ${row.id} is stopped`);
  }
  applyMetadata(site, remote, request);
  if (request.spec !== undefined) {
    applySpec(site, remote, request.spec);
    const { content, devcontainer, sshPublicKeys } = request.spec;
    // `environment-update-stopped`: Facts are silent on updates while stopped; the emulator takes them, and the next
    // start applies them.
    row.owed.update ||= content !== undefined || devcontainer !== undefined || sshPublicKeys.length > 0;
  }
  respecified(site, site.world.environments, row);
}

function applyMetadata(site: Site, { metadata }: WholeEnvironment, request: UpdateEnvironmentRequest): void {
  metadata.name = request.metadata?.name ?? metadata.name;
  const lockdownAt = request.metadata?.lockdownAt;
  if (lockdownAt === undefined) {
    return;
  }
  const time = timestampMs(lockdownAt);
  if (time === 0) {
    delete metadata.lockdownAt;
  } else if (time <= site.now()) {
    throw invalid("metadata.lockdown_at: the time must lie in the future");
  } else {
    metadata.lockdownAt = lockdownAt;
  }
}

function applySpec(site: Site, { spec }: WholeEnvironment, update: UpdateEnvironmentRequest_Spec): void {
  const { content, devcontainer, automationsFile, timeout } = update;
  spec.content.session = content?.session ?? spec.content.session;
  spec.content.gitUsername = content?.gitUsername ?? spec.content.gitUsername;
  spec.content.gitEmail = content?.gitEmail ?? spec.content.gitEmail;
  if (content?.initializer !== undefined) {
    spec.content.initializer = content.initializer;
  }
  spec.devcontainer.session = devcontainer?.session ?? spec.devcontainer.session;
  spec.devcontainer.devcontainerFilePath = devcontainer?.devcontainerFilePath ?? spec.devcontainer.devcontainerFilePath;
  spec.automationsFile.session = automationsFile?.session ?? spec.automationsFile.session;
  spec.automationsFile.automationsFilePath =
    automationsFile?.automationsFilePath ?? spec.automationsFile.automationsFilePath;
  if (timeout?.disconnected !== undefined) {
    spec.timeout = create(EnvironmentSpec_TimeoutSchema, { disconnected: timeout.disconnected });
  }
  if (update.kernelControlsConfig !== undefined) {
    spec.kernelControlsConfig = update.kernelControlsConfig;
  }
  if (update.ports.length > 0 && site.otherwise("environment-ports-merged")) {
    spec.ports = [];
  }
  for (const port of update.ports) {
    mergePort(spec.ports, port);
  }
  for (const key of update.sshPublicKeys) {
    mergeKey(spec.sshPublicKeys, key);
  }
}

function mergePort(ports: EnvironmentSpec_EnvironmentPort[], change: EnvironmentSpec_EnvironmentPort): void {
  const index = ports.findIndex(({ port }) => port === change.port);
  const present = ports[index];
  if (change.admission === AdmissionLevel.UNSPECIFIED) {
    if (present !== undefined) {
      ports.splice(index, 1);
    }
    return;
  }
  const next = clone(EnvironmentSpec_EnvironmentPortSchema, change);
  const before = present?.authNonce ?? 0n;
  next.authNonce = present !== undefined && present.admission !== change.admission ? before + 1n : before;
  ports.splice(present === undefined ? ports.length : index, 1, next);
}

function mergeKey(
  keys: WholeEnvironment["spec"]["sshPublicKeys"],
  { id, value }: UpdateEnvironmentRequest_SSHPublicKey,
): void {
  const index = keys.findIndex((key) => key.id === id);
  const at = index === -1 ? keys.length : index;
  keys.splice(at, 1, ...(value === undefined ? [] : [create(EnvironmentSpec_SSHPublicKeySchema, { id, value })]));
}
