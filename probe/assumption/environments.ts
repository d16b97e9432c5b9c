import type { Assumption } from "../assumption";
import { archivedUnlisted, archiveRunning, startArchived, tokenStopped } from "../probes/environment/archive";
import {
  annotationsKept,
  classUnusable,
  createdStopped,
  markActiveShown,
  timeoutDefault,
  unopenedInactive,
} from "../probes/environment/create";
import { deleteAgain, deletedUnlisted, deletedVisible } from "../probes/environment/delete";
import { platformPorts, statedPortsFirst } from "../probes/environment/port";
import { secretsAdded } from "../probes/environment/secret";
import {
  lastStarted,
  startAtOnce,
  startClearsFailure,
  startRunning,
  startWhileStopping,
  stopStopped,
} from "../probes/environment/start-stop";
import { portsMerged, portWithoutAdmission, updateConfirmed, updateStopped } from "../probes/environment/update";

/** What is assumed about environments. */
export const environments: readonly Assumption[] = [
  {
    id: "environment-annotations-kept",
    assumes:
      "The annotations of a create are kept, and a read shows them, although the API's comment calls them unimplemented.",
    said: ["provider/mapping/origin.ts", "provider/lifecycle/recover/by-mark.ts", "emulator/environment/create.ts"],
    leans: "After an interrupted create, no run finds the environment again: the next one makes a second.",
    probe: annotationsKept,
  },
  {
    id: "environment-unopened-inactive",
    assumes: "An environment that nobody opens shows no activity.",
    said: ["provider/mapping/origin.ts"],
    leans: "An environment that an interrupted create has left looks used: the next run says so and makes a second.",
    probe: unopenedInactive,
  },
  {
    id: "environment-mark-active-shown",
    assumes: "`MarkEnvironmentActive` shows in the status with its source.",
    said: ["provider/mapping/origin.ts", "emulator/service/environment.ts"],
    leans:
      "An environment whose create was answered looks left over: a run of the same resource without its state takes it.",
    probe: markActiveShown,
  },
  {
    id: "environment-created-stopped",
    assumes: "An environment that is created as STOPPED starts once, then stops.",
    said: ["docs/emulator.md", "emulator/environment/create.ts"],
    probe: createdStopped,
  },
  {
    id: "environment-start-at-once",
    assumes: "A start takes a stopped environment out of STOPPED before the call returns.",
    said: ["emulator/environment/request.ts"],
    probe: startAtOnce,
  },
  {
    id: "environment-start-clears-failure",
    assumes: "A start of a failed environment clears the failure message as soon as it leaves STOPPED.",
    said: ["docs/emulator.md", "emulator/environment/start.ts"],
    probe: startClearsFailure,
  },
  {
    id: "environment-start-running",
    assumes: "A start of a running environment is no error.",
    said: ["emulator/environment/request.ts"],
    leans: "An update fails where somebody starts the environment right before it does; the next one succeeds.",
    probe: startRunning,
  },
  {
    id: "environment-start-while-stopping",
    assumes: "A start of a stopping environment lets the stop finish, then starts it.",
    said: ["emulator/environment/request.ts"],
    probe: startWhileStopping,
  },
  {
    id: "environment-last-started",
    assumes:
      "An environment was last started at the call that created or started it; starting a running one does not count.",
    said: ["docs/emulator.md", "emulator/environment/request.ts"],
    probe: lastStarted,
  },
  {
    id: "environment-stop-stopped",
    assumes: "A stop of a stopped environment is no error.",
    said: ["emulator/environment/request.ts"],
    leans: "An update fails where the environment stops right before it shall; the next one succeeds.",
    probe: stopStopped,
  },
  {
    id: "environment-update-stopped",
    assumes: "Updates of a stopped environment are accepted, and take effect at the next start.",
    said: ["docs/emulator.md", "emulator/environment/update.ts"],
    leans: "A change of a stopped environment fails; it succeeds once the environment runs.",
    probe: updateStopped,
  },
  {
    id: "environment-update-confirmed",
    assumes: "The runner confirms every version of the settings, also those that need no UPDATING.",
    said: ["provider/resources/environment.ts", "emulator/environment/step.ts"],
    probe: updateConfirmed,
  },
  {
    id: "environment-ports-merged",
    assumes: "Ports in an update are merged by their numbers into those that are there.",
    said: ["provider/resources/environment.ts", "emulator/environment/update.ts"],
    leans: "A change of one port closes all others.",
    probe: portsMerged,
  },
  {
    id: "environment-port-without-admission",
    assumes: "A port in an update without admission is closed.",
    said: ["docs/emulator.md", "provider/resources/environment.ts", "emulator/environment/update.ts"],
    leans: "A port that is dropped from the program stays open.",
    probe: portWithoutAdmission,
  },
  {
    id: "environment-delete-again",
    assumes: "A second deletion of an environment that is going is no error.",
    said: ["emulator/environment/request.ts"],
    leans: "A destroy fails while an environment goes that somebody else, or an interrupted run, has deleted.",
    probe: deleteAgain,
  },
  {
    id: "environment-deleted-visible",
    assumes: "A deleted environment stays visible as DELETED for a while before it is not found.",
    said: ["docs/emulator.md", "emulator/environment/step.ts"],
    probe: deletedVisible,
  },
  {
    id: "environment-deleted-unlisted",
    assumes: "Lists show a deleted environment only where they ask for that phase.",
    said: ["emulator/environment/list.ts"],
    probe: deletedUnlisted,
  },
  {
    id: "environment-archived-unlisted",
    assumes: "Lists show an archived environment only where they ask for it.",
    said: ["emulator/environment/list.ts"],
    probe: archivedUnlisted,
  },
  {
    id: "environment-start-archived",
    assumes: "A start of an archived environment is refused with `failed_precondition`.",
    said: ["emulator/environment/request.ts", "provider/waiting/ask.ts"],
    probe: startArchived,
  },
  {
    id: "environment-archive-running",
    assumes: "Only a stopped environment can be archived: `failed_precondition`.",
    said: ["emulator/environment/request.ts"],
    probe: archiveRunning,
  },
  {
    id: "environment-token-stopped",
    assumes: "Access tokens of a stopped environment are refused with `failed_precondition`.",
    said: ["emulator/service/environment.ts"],
    probe: tokenStopped,
  },
  {
    id: "environment-timeout-default",
    assumes: "The default inactivity timeout is 30 minutes.",
    said: ["docs/emulator.md", "emulator/environment/create.ts"],
    probe: timeoutDefault,
  },
  {
    id: "environment-class-unusable",
    assumes: "A class that cannot be used is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/environment/create.ts"],
    probe: classUnusable,
  },
  {
    id: "environment-platform-ports",
    assumes: "The platform opens the ports 50432 and 61000 of each environment for itself.",
    said: ["provider/resources/environment.ts", "emulator/environment/create.ts"],
    leans: "Ports of the platform show as a difference after an import.",
    probe: platformPorts,
  },
  {
    id: "environment-stated-ports-first",
    assumes: "The ports that a create states stand before those of the platform, and in that order.",
    said: ["emulator/environment/create.ts", "examples/review-environment/yaml/Pulumi.yaml"],
    probe: statedPortsFirst,
  },
  {
    id: "environment-colleagues-listed",
    assumes: "Environments of colleagues are in lists and events, and `not_found` by id.",
    said: ["docs/emulator.md", "emulator/environment/list.ts"],
    leans: "An environment of a colleague is read as gone, or is in the way of nobody.",
    probe: { cannot: "A probe has one account; it takes a colleague who has an environment." },
  },
  {
    id: "environment-secrets-added",
    assumes:
      "An environment has the secrets of its creator, project and organization besides its own; the narrowest scope wins, and each start renews them.",
    said: ["docs/emulator.md", "emulator/environment/secret.ts", "provider/resources/environment.ts"],
    probe: secretsAdded,
  },
  {
    id: "environment-pending-repository",
    assumes: "The repository of a context URL need not exist for the URL to be taken apart.",
    said: ["docs/emulator.md"],
    probe: { cannot: "The emulator looks nothing up because it has no network; the platform certainly does." },
  },
  {
    id: "environment-ops",
    assumes: "What runs inside an environment is not served.",
    said: ["docs/emulator.md"],
    probe: { cannot: "The emulator runs nothing inside environments; the platform certainly does." },
  },
];
