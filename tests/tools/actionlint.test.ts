import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actionlint } from "../../tools/actionlint";
import { sourceFiles } from "../../tools/rules/source-files";
import { workflowsIn } from "../../tools/rules/workflows";

const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-actionlint-"));
const silent = () => {};

afterAll(() => rmSync(folder, { recursive: true }));

test("the workflows and recipes of the repository are what GitHub takes", async () => {
  const paths = workflowsIn(await sourceFiles()).map(({ path }) => path);

  expect(paths).toEqual(expect.arrayContaining([".github/workflows/ci.yml", ".github/workflows/release.yml"]));
  expect(await actionlint(paths, silent)).toEqual([]);
});

test("a workflow that GitHub would refuse is named with line and column", async () => {
  const path = join(folder, "broken.yml");
  writeFileSync(
    path,
    "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    needs: [build]\n    steps: [run: npm test]\n",
  );

  expect(await actionlint([path], silent)).toEqual([
    expect.stringMatching(/broken\.yml:3:3: job "test" needs job "build" which does not exist/),
  ]);
});

test("where there is no Go, the message says what to install", async () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  try {
    Object.assign(process.env, { PATH: "", XDG_CACHE_HOME: join(folder, "cache") });

    await expect(actionlint(["any.yml"], silent)).rejects.toThrow("install Go 1.25.11 or newer");
  } finally {
    Object.assign(process.env, { PATH, XDG_CACHE_HOME });
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  }
});
