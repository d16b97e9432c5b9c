// Opens the issue of that title with the text of a file, or renews it, and closes it if the exit code is 0:
// node issue.mjs TITLE FILE CODE
import { readFileSync } from "node:fs";
import { call, own } from "./gitlab.mjs";

const [title, file, code] = process.argv.slice(2);
const mark = `<!-- pulumi: ${title} -->`;
const description = `${mark}\n${readFileSync(file, "utf8")}`;

const issue = await own("issues?state=opened", mark);
if (issue) {
  const end = code === "0" ? { state_event: "close" } : {};
  await call("PUT", `issues/${issue.iid}`, { description, ...end });
} else if (code !== "0") await call("POST", "issues", { title, description });
