import type { ServiceImpl } from "@connectrpc/connect";
import type { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { callerOf, find, visible } from "../caller";
import { readContext } from "../context";
import { projectsOf } from "../project/list";
import { invalid } from "../refusal";
import type { Site } from "../site";
import { registrationCalls } from "./runner-registration";

/** Answers the calls of the runner service: what a program needs before it creates an environment, and runners. */
export function runnerService(site: Site): Partial<ServiceImpl<typeof RunnerService>> {
  const { runners } = site.world;
  return {
    ...registrationCalls(site),

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
