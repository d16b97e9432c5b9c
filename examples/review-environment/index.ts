import * as pulumi from "@pulumi/pulumi";
import { ReviewEnvironment } from "./review-environment";

// A pipeline states them, for each pull request in a stack of its own.
const config = new pulumi.Config();
const commit = config.get("commit");
const review = new ReviewEnvironment("review", {
  repository: config.require("repository"),
  branch: config.require("branch"),
  ...(commit !== undefined && { commit }),
  displayName: `Review of pull request ${config.require("pullRequest")}`,
  environmentClass: config.require("class"),
  // The same file as in the YAML program beside this one.
  automationsFile: "yaml/automations.yaml",
  ports: { website: 3000 },
});

export const environmentId = review.environmentId;
export const urls = review.urls;
export const url = review.urls.website;
