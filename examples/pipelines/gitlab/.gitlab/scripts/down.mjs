// Destroys the environment of the merge request REVIEW if that is merged or closed: node down.mjs
import { spawnSync } from "node:child_process";
import { call } from "./gitlab.mjs";

const { REVIEW } = process.env;
// It may have been opened again since it was found stale.
const { state, source_branch, sha } = await call("GET", `merge_requests/${REVIEW}`);
if (state === "merged" || state === "closed") {
  const env = { ...process.env, REVIEW_BRANCH: source_branch, REVIEW_COMMIT: sha };
  process.exitCode = spawnSync("sh", ["ci/review-down.sh"], { stdio: "inherit", env }).status ?? 1;
} else process.stdout.write(`Merge request ${REVIEW} is ${state}.\n`);
