import { clone } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { RunnerSchema, type RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { callerOf, find, visible } from "../caller";
import { cutPage, keeps } from "../page";
import { invalid } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the runner service that a program needs before it creates an environment. */
export function runnerService(site: Site): Partial<ServiceImpl<typeof RunnerService>> {
  const { runners } = site.world;
  return {
    getRunner: ({ runnerId }, context) => ({
      runner: clone(RunnerSchema, find(runners, callerOf(context), runnerId).remote),
    }),

    listRunners: (request, context) => {
      const { filter } = request;
      const rows = visible(runners, callerOf(context)).filter(
        ({ remote }) =>
          keeps(filter?.creatorIds, remote.creator?.id ?? "") &&
          keeps(filter?.kinds, remote.kind) &&
          keeps(filter?.providers, remote.provider),
      );
      const page = cutPage(rows, request);
      return { pagination: page.pagination, runners: page.items.map(({ remote }) => clone(RunnerSchema, remote)) };
    },

    // Every host counts as signed in, because there is no repository behind the emulator.
    checkAuthenticationForHost: ({ runnerId }, context) => {
      find(runners, callerOf(context), runnerId);
      return { authenticated: true, scmId: "github", scmName: "GitHub" };
    },

    parseContextURL: ({ contextUrl }, context) => {
      const url = new URL(contextUrl);
      const [owner = "", repo = ""] = url.pathname.split("/").filter((part) => part !== "");
      if (repo === "") {
        throw invalid(`context_url: ${contextUrl} does not name a repository`);
      }
      const caller = callerOf(context);
      const cloneUrl = `${url.origin}/${owner}/${repo.replace(/\.git$/, "")}.git`;
      const classes = visible(site.world.environmentClasses, caller).filter(({ remote }) => remote.enabled);
      return {
        originalContextUrl: contextUrl,
        git: { cloneUrl, branch: "main", host: url.host, owner, repo: repo.replace(/\.git$/, "") },
        projectIds: [],
        scmId: "github",
        recommendedEnvironmentClasses: classes.map(({ id }) => id),
      };
    },
  };
}
