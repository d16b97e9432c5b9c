import { randomBytes } from "node:crypto";
import type { ServiceImpl } from "@connectrpc/connect";
import { RunnerKind as Kind, RunnerProvider as Provider } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase as Phase, type RunnerService, type UpdateWindow } from "../../proto/gen/gitpod/v1/runner_pb";
import { callerOf, find } from "../caller";
import { remove } from "../change";
import { issueKey } from "../key";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid, precondition } from "../refusal";
import { type Site, second } from "../site";
import { isStuck } from "../stuck";
import type { WholeRunner } from "../whole";
import type { RunnerRow } from "../world";

const day = 24 * 3_600_000;

/** Answers the calls of the runner service that register runners, change them, and let them go. */
export function registrationCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof RunnerService>,
  | "createRunner"
  | "getRunner"
  | "listRunners"
  | "updateRunner"
  | "deleteRunner"
  | "createRunnerToken"
  | "createRunnerLogsToken"
> {
  const { runners: table } = site.world;
  const runners = plainCalls(site, table, {
    settle: fillIn,
    changeable: requirePresent,
    show: (shown) => {
      if (shown.status.phase !== Phase.CREATED) {
        shown.status.logUrl = `${site.origin}/logs/runners/${shown.runnerId}`;
      }
    },
  });
  return {
    createRunner: (request, context) => {
      // `runner-kind-or-provider`: Facts are silent on a request with neither or both; the emulator refuses it.
      if ((request.kind === Kind.UNSPECIFIED) === (request.provider === Provider.UNSPECIFIED)) {
        throw invalid("kind, provider: exactly one of the two is required");
      }
      const runner = runners.add(request, context, null, (row) => {
        row.remote.runnerId = row.id;
        row.remote.status.phase = Phase.CREATED;
        row.remote.status.updatedAt = second(site);
        keepPassword(row, request.spec?.configuration?.metrics?.password);
      });
      return { runner, exchangeToken: issueKey(site, runner.runnerId, "exchange", day) };
    },

    getRunner: ({ runnerId }, context) => ({ runner: runners.get(runnerId, context) }),

    listRunners: (request, context) =>
      runners.list(
        request,
        context,
        (items) => ({ runners: items }),
        ({ creator, kind, provider }) =>
          keeps(request.filter?.creatorIds, creator?.id ?? "") &&
          keeps(request.filter?.kinds, kind) &&
          keeps(request.filter?.providers, provider),
      ),

    updateRunner: (request, context) => {
      const { honeycombApiKey, metrics } = request.spec?.configuration ?? {};
      runners.change(request.runnerId, request, context, (row) => {
        keepPassword(row, metrics?.password);
        if (honeycombApiKey !== undefined) {
          row.remote.spec.configuration.encryptedHoneycombApiKey = randomBytes(honeycombApiKey === "" ? 0 : 32);
        }
      });
      return {};
    },

    deleteRunner: ({ runnerId, force }, context) => {
      const row = find(table, callerOf(context), runnerId);
      if (row.platform === true) {
        throw precondition(`runner ${runnerId} is the one that the platform operates for the organization`);
      }
      const inhabitants = [...site.world.environments.rows.values()].filter(
        ({ remote, linger }) => remote.metadata.runnerId === runnerId && linger === undefined,
      );
      if (inhabitants.length > 0 && !force) {
        throw precondition(`runner ${runnerId} has ${inhabitants.length} environments`);
      }
      if (!isStuck(row.remote.name, "DELETING", "starting")) {
        // It stays as it was until the next step takes it out, and all that lives in it.
        row.linger ??= 0;
      }
      if (row.linger !== undefined && site.otherwise("runner-deleted-visible")) {
        remove(site, table, row);
      }
      return {};
    },

    createRunnerToken: ({ runnerId }, context) => {
      const row = find(table, callerOf(context), runnerId);
      requirePresent(row);
      return { exchangeToken: issueKey(site, row.id, "exchange", day) };
    },

    createRunnerLogsToken: ({ runnerId }, context) => ({
      accessToken: issueKey(site, find(table, callerOf(context), runnerId).id, "logs"),
    }),
  };
}

function fillIn(runner: WholeRunner): void {
  const { configuration } = runner.spec;
  if (runner.provider !== Provider.UNSPECIFIED) {
    runner.kind = Kind.REMOTE;
  }
  if (runner.provider === Provider.AWS_EC2 && configuration.region === "") {
    throw invalid("spec.configuration.region: a runner on AWS needs its region");
  }
  const { updateWindow: window } = configuration;
  if (window?.startHour === undefined && window?.endHour === undefined) {
    delete configuration.updateWindow;
  } else {
    fillWindow(window);
  }
}

// `runner-update-window`: Facts are silent on how long a window is of which one hour is said; the emulator takes two
// hours.
function fillWindow(window: UpdateWindow): void {
  const { startHour, endHour } = window;
  window.startHour = startHour ?? ((endHour ?? 0) + 22) % 24;
  window.endHour = endHour ?? (window.startHour + 2) % 24;
}

/** Keeps the password for metrics inside, since no answer shows it; what is not stated stays. */
function keepPassword(row: RunnerRow, stated: string | undefined): void {
  const { metrics } = row.remote.spec.configuration;
  if (metrics !== undefined) {
    metrics.password = "";
  }
  if (stated !== undefined) {
    row.owed = { ...row.owed, metricsPassword: stated };
  }
}

function requirePresent({ id, linger }: Pick<RunnerRow, "id" | "linger">): void {
  if (linger !== undefined) {
    throw precondition(`runner ${id} is being deleted`);
  }
}
