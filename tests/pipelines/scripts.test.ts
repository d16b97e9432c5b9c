import { join } from "node:path";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

const branches = [
  "12",
  "feature-x",
  "feature/x",
  "Feature-x",
  "-",
  "naïve; rm -rf",
  "b".repeat(40),
  "b".repeat(41),
  "b".repeat(200),
];

test("each branch has a stack of its own, whose name any backend takes, and the sweep names it in the same way", async () => {
  const names = await Promise.all(branches.map((branch) => shell("review.sh", 'stack_of "$1"', branch)));
  const again = await Promise.all(names.map((name) => shell("review.sh", `stack_of "\${1#review-}"`, name)));

  expect(names.filter((name) => !/^review-[a-z0-9-]{1,40}$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(branches.length);
  expect(names.slice(0, 2)).toEqual(["review-12", "review-feature-x"]);
  expect(again).toEqual(names);
});

test("a text that is full of backticks stays in its block, and one that is too long for a comment is cut", async () => {
  const short = await shell("run.sh", `printf %s "$1" >"$text"; markdown Title`, "a\n````\n@everybody\n```");
  const long = await shell("run.sh", `yes "$1" | head -n 20000 >"$text"; markdown Title`, "a line");

  expect(short).toBe("### Title\n\n`````diff\na\n````\n@everybody\n```\n`````");
  expect(long.length).toBeLessThan(65_536);
  expect(long.split("```").length).toBe(3);
  expect(long).toMatch(/The text goes on: the log of the job has all of it\.$/);
});

test.each(["review-up.sh", "review-down.sh"])("%s takes a backend that does not answer for no answer", async (file) => {
  const settings = ["REVIEW", "REVIEW_REPOSITORY", "REVIEW_BRANCH", "REVIEW_COMMIT", "REVIEW_CLASS"];
  const stated = settings.map((name) => `${name}=7`).join(" ");

  const { code, stdout } = await inShell(
    "review.sh",
    `pulumi() { echo "$*" >&2; return 3; }; ${stated}; . "$(dirname "$0")/${file}"`,
    "review.md",
  );

  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});

test.each([
  ["preview.sh", {}, ["preview.md"], "STACK: name the stack"],
  ["preview.sh", { STACK: "dev" }, [], "1: name the file to write"],
  ["drift.sh", { STACK: "dev" }, [], "1: name the file to write"],
  ["up.sh", { STACK: "" }, [], "STACK: name the stack"],
  ["review-up.sh", { PROGRAM: "" }, ["review.md"], "PROGRAM: name the folder of the program for reviews"],
  ["review-up.sh", {}, ["review.md"], "REVIEW: state the number of the pull request, or the name of the branch"],
  ["review-down.sh", { REVIEW: "7" }, [], "REVIEW_REPOSITORY: state the URL of the repository"],
  ["review-stale.sh", {}, [], "1: state the command that prints those that are open"],
])("%s with %j and %j says what is missing before it calls Pulumi", async (file, stated, args, said) => {
  const { PATH = "" } = process.env;

  const { code, stdout, stderr } = await run("sh", [join(folder, file), ...args], {
    env: { PATH, PROGRAM: "review", ...stated },
  });

  expect({ failed: code !== 0, stdout }).toEqual({ failed: true, stdout: "" });
  expect(stderr.trimEnd().split(": ").slice(-2).join(": ")).toBe(said);
});

test("a list of the open reviews that cannot be read makes none stale", async () => {
  const { code, stdout } = await inShell(
    "review.sh",
    'pulumi() { echo "  \\"name\\": \\"review-7\\","; }; . "$(dirname "$0")/review-stale.sh"',
    "false",
  );

  expect({ failed: code !== 0, stdout }).toEqual({ failed: true, stdout: "" });
});

/** Runs a line after the file that the scripts share, which takes what it works on as its first argument. */
async function shell(file: string, line: string, argument: string): Promise<string> {
  const { code, stdout, stderr } = await inShell(file, line, argument);
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}

const folder = join(root, "examples", "pipelines", "ci");

const inShell = (file: string, line: string, argument: string) =>
  run("sh", ["-c", `PROGRAM=review; . "$(dirname "$0")/${file}"\n${line}`, join(folder, "any.sh"), argument]);
