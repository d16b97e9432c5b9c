// Prints a child pipeline with a job for each review that a file names, one a line: node sweep.mjs FILE
import { readFileSync } from "node:fs";

const reviews = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean);
const jobs = reviews.map((review) => [
  `sweep ${review}`,
  {
    image: process.env.CI_JOB_IMAGE,
    before_script: ["npm ci"],
    script: ["node .gitlab/scripts/down.mjs"],
    // That of the jobs of the merge request, so that one at a time works on the stack.
    resource_group: `review/${review}`,
    variables: {
      PROGRAM: "review",
      REVIEW: review,
      REVIEW_REPOSITORY: "$CI_PROJECT_URL",
      GITPOD_API_KEY: "$GITPOD_REVIEW_TOKEN",
    },
  },
]);
// A pipeline has at least one job. JSON is YAML.
const nothing = { image: process.env.CI_JOB_IMAGE, script: ["echo Nothing is stale."] };
process.stdout.write(`${JSON.stringify(reviews.length > 0 ? Object.fromEntries(jobs) : { nothing }, null, 2)}\n`);
