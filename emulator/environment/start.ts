import { create } from "@bufbuild/protobuf";
import {
  EnvironmentStatus_RunnerACK_StatusCode as AckCode,
  GitInitializer_CloneTargetMode as CloneTarget,
  EnvironmentStatus_ContentPhase as ContentPhase,
  EnvironmentStatus_DevContainer_Phase as DevContainerPhase,
  EnvironmentStatus_DevContainer_Presence as DevContainerPresence,
  EnvironmentGitStatusSchema,
  EnvironmentStatus_Machine_VersionsSchema,
  EnvironmentStatus_RunnerACKSchema,
  EnvironmentStatus_SecretSchema,
  EnvironmentStatus_SSHPublicKeySchema,
  EnvironmentStatus_AutomationsFile_Presence as FilePresence,
  type GitInitializer,
  EnvironmentStatus_Machine_Phase as MachinePhase,
  EnvironmentPhase as Phase,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { readContext } from "../context";
import type { Site } from "../site";
import type { WholeEnvironment } from "../whole";
import type { EnvironmentRow } from "../world";
import type { Sentinel } from "./sentinel";

/** Puts an environment into STARTING and forgets what an earlier start left behind. */
export function beginStart(site: Site, row: EnvironmentRow): void {
  const { spec, status } = row.remote;
  row.owed.attempts += 1;
  row.owed.update = false;
  status.phase = Phase.STARTING;
  if (!site.otherwise("environment-start-clears-failure")) {
    status.failureMessage = [];
  }
  status.warningMessage = [];
  status.machine.phase = MachinePhase.STARTING;
  status.machine.session = spec.machine.session;
  status.machine.failureMessage = "";
  status.machine.timeout = "";
  status.content.phase = ContentPhase.CREATING;
  status.content.failureMessage = "";
  status.devcontainer.phase = DevContainerPhase.CREATING;
  status.devcontainer.failureMessage = "";
  status.devcontainer.warningMessage = "";
  status.automationsFile.phase = ContentPhase.CREATING;
  status.automationsFile.failureMessage = "";
  status.automationsFile.warningMessage = "";
  acknowledge(row.remote);
}

/** What one step inside STARTING led to. */
export type StartOutcome = { kind: "on the way" } | { kind: "up" } | { kind: "failed"; reason: string };

/** Moves a starting environment by one sub-phase: machine, secrets, content, dev container, automations file. */
export function advanceStart(row: EnvironmentRow, sentinel: Sentinel | undefined): StartOutcome {
  const { remote } = row;
  const { status } = remote;
  if (sentinel === "rejected") {
    return reject(remote);
  }
  if (status.machine.phase !== MachinePhase.RUNNING) {
    status.machine.phase = MachinePhase.RUNNING;
    status.machine.versions = create(EnvironmentStatus_Machine_VersionsSchema, { supervisorVersion: "1.0.0" });
    return { kind: "on the way" };
  }
  if (status.content.phase === ContentPhase.CREATING) {
    applySecrets(remote);
    status.content.phase = ContentPhase.INITIALIZING;
    return { kind: "on the way" };
  }
  if (status.content.phase === ContentPhase.INITIALIZING) {
    const isFailing = sentinel === "fail-start" || (sentinel === "fail-start-once" && row.owed.attempts === 1);
    if (isFailing || isNowhere(remote)) {
      return failContent(remote);
    }
    applyContent(remote);
    return { kind: "on the way" };
  }
  if (status.devcontainer.phase === DevContainerPhase.CREATING) {
    if (sentinel === "devcontainer-fails") {
      failDevContainer(remote);
    } else {
      applyDevContainer(remote);
    }
    status.automationsFile.phase = ContentPhase.INITIALIZING;
    return { kind: "on the way" };
  }
  if (sentinel === "automations-fail") {
    failAutomationsFile(remote);
  } else {
    applyAutomationsFile(remote);
  }
  return { kind: "up" };
}

/** Brings the status in line with changed settings, as the end of UPDATING does. */
export function applySettings(site: Site, remote: WholeEnvironment): void {
  applySecrets(remote);
  applyContent(remote);
  if (remote.status.devcontainer.phase !== DevContainerPhase.FAILED) {
    applyDevContainer(remote);
  }
  applyAutomationsFile(remote);
  if (!site.otherwise("environment-update-confirmed")) {
    acknowledge(remote);
  }
}

/** Lets the runner confirm the latest settings. */
export function acknowledge({ spec, status }: WholeEnvironment): void {
  status.runnerAck = create(EnvironmentStatus_RunnerACKSchema, {
    specVersion: spec.specVersion,
    statusCode: AckCode.OK,
  });
}

function reject({ spec, status }: WholeEnvironment): StartOutcome {
  const reason = "the runner does not support these settings";
  status.runnerAck = create(EnvironmentStatus_RunnerACKSchema, {
    specVersion: spec.specVersion,
    statusCode: AckCode.INVALID_RESOURCE,
    message: reason,
  });
  return { kind: "failed", reason };
}

function applySecrets({ spec, status }: WholeEnvironment): void {
  status.secrets = spec.secrets.map((secret) =>
    create(EnvironmentStatus_SecretSchema, {
      id: secret.id,
      secretName: secret.name,
      session: secret.session,
      phase: ContentPhase.READY,
    }),
  );
  status.sshPublicKeys = spec.sshPublicKeys.map((key) =>
    create(EnvironmentStatus_SSHPublicKeySchema, { id: key.id, phase: ContentPhase.READY }),
  );
}

function applyContent({ spec, status }: WholeEnvironment): void {
  const fetched = status.content.session === spec.content.session && status.content.git !== undefined;
  status.content.phase = ContentPhase.READY;
  status.content.session = spec.content.session;
  const first = spec.content.initializer?.specs[0]?.spec;
  if (first?.case === undefined) {
    return;
  }
  const { cloneUrl, branch, commit, folder } = first.case === "git" ? cloned(first.value) : opened(first.value.url);
  status.content.contentLocationInMachine = `/workspaces/${folder}`;
  if (!fetched) {
    status.content.git = create(EnvironmentGitStatusSchema, {
      cloneUrl,
      branch,
      latestCommit: commit || "0123456789abcdef0123456789abcdef01234567",
    });
  }
}

interface Clone {
  readonly cloneUrl: string;
  readonly branch: string;
  readonly commit: string;
  readonly folder: string;
}

function cloned({ remoteUri, targetMode, cloneTarget, checkoutLocation }: GitInitializer): Clone {
  const isCommit = targetMode === CloneTarget.REMOTE_COMMIT;
  const isBranch = !isCommit && targetMode !== CloneTarget.REMOTE_TAG;
  return {
    cloneUrl: remoteUri,
    branch: isBranch ? cloneTarget || "main" : "",
    commit: isCommit ? cloneTarget : "",
    folder: checkoutLocation || folderOf(remoteUri),
  };
}

function opened(url: string): Clone {
  const { repositoryUrl = url, branch = "main", commit = "" } = readContext(url) ?? {};
  return { cloneUrl: repositoryUrl, branch, commit, folder: folderOf(repositoryUrl) };
}

function folderOf(uri: string): string {
  return (uri.split("/").at(-1) ?? "").replace(/\.git$/, "");
}

/** Whether the first repository is at a host that nobody can have, since no name ends in `invalid`. */
function isNowhere({ spec }: WholeEnvironment): boolean {
  const first = spec.content.initializer?.specs[0]?.spec;
  const url = first?.case === "git" ? first.value.remoteUri : first?.case === "contextUrl" ? first.value.url : "";
  return /^https?:\/\/[^/]+\.invalid(\/|$)/.test(url);
}

function failContent({ status }: WholeEnvironment): StartOutcome {
  const reason = "cannot initialize the content: the repository does not answer";
  status.content.phase = ContentPhase.FAILED;
  status.content.failureMessage = reason;
  return { kind: "failed", reason };
}

function applyDevContainer({ id, spec, status }: WholeEnvironment): void {
  const stated = spec.devcontainer.devcontainerFilePath;
  Object.assign(status.devcontainer, {
    phase: DevContainerPhase.RUNNING,
    session: spec.devcontainer.session,
    devcontainerFilePath: stated === "" ? ".devcontainer/devcontainer.json" : stated,
    devcontainerFilePresence: stated === "" ? DevContainerPresence.DISCOVERED : DevContainerPresence.SPECIFIED,
    devcontainerconfigInSync: true,
    secretsInSync: true,
    remoteUser: "vscode",
    remoteWorkspaceFolder: status.content.contentLocationInMachine,
    containerName: "devcontainer",
    containerId: id.replaceAll("-", ""),
  });
}

function failDevContainer({ spec, status }: WholeEnvironment): void {
  const reason = "the dev container cannot be built";
  status.devcontainer.phase = DevContainerPhase.FAILED;
  status.devcontainer.session = spec.devcontainer.session;
  status.devcontainer.failureMessage = reason;
  status.devcontainer.warningMessage = reason;
  status.warningMessage = [reason];
}

function applyAutomationsFile({ spec, status }: WholeEnvironment): void {
  const stated = spec.automationsFile.automationsFilePath;
  Object.assign(status.automationsFile, {
    phase: ContentPhase.READY,
    session: spec.automationsFile.session,
    automationsFilePath: stated,
    automationsFilePresence: stated === "" ? FilePresence.ABSENT : FilePresence.SPECIFIED,
  });
}

function failAutomationsFile({ spec, status }: WholeEnvironment): void {
  const reason = "the automations file cannot be read";
  status.automationsFile.phase = ContentPhase.FAILED;
  status.automationsFile.session = spec.automationsFile.session;
  status.automationsFile.failureMessage = reason;
  status.automationsFile.warningMessage = reason;
  status.warningMessage = [reason];
}
