// Prints the numbers of the open merge requests, one a line: node open.mjs
import { all } from "./gitlab.mjs";

for (const { iid } of await all("merge_requests?state=opened")) process.stdout.write(`${iid}\n`);
