import { clone } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { RunnerSchema, type RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { callerOf, find, visible } from "../caller";
import { readContext } from "../context";
import { cutPage, keeps } from "../page";
import { projectsOf } from "../project/list";
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
      const found = readContext(contextUrl);
      if (found === undefined) {
        throw invalid(`context_url: ${contextUrl} does not name a repository`);
      }
      const caller = callerOf(context);
      const { host, owner, repo, branch, commit, tag, issue, pullRequest } = found;
      const cloneUrl = `${found.repositoryUrl.replace(/\.git$/, "")}.git`;
      const classes = visible(site.world.environmentClasses, caller).filter(({ remote }) => remote.enabled);
      return {
        originalContextUrl: contextUrl,
        git: { cloneUrl, branch, commit, tag, host, owner, repo },
        ...(issue === "" ? {} : { issue: { id: issue } }),
        ...(pullRequest === ""
          ? {}
          : {
              pullRequest: {
                id: pullRequest,
                fromBranch: branch,
                toBranch: "main",
                url: contextUrl,
                repository: { cloneUrl, host, owner, name: repo },
              },
            }),
        projectIds: projectsOf(site, caller, contextUrl).map(({ id }) => id),
        scmId: "github",
        recommendedEnvironmentClasses: classes.map(({ id }) => id),
      };
    },
  };
}
