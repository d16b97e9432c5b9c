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
  run("sh", ["-c", `. "$(dirname "$0")/${file}"\n${line}`, join(folder, "any.sh"), argument]);
