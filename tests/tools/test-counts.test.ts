import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../tools/root";
import { count, slowest } from "../../tools/test-counts";

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test.each([
  ["passing tests are passed", report, 0, { passed: 5, failed: 0 }],
  ["failing tests are failed", { ...report, numFailedTests: 2 }, 1, { passed: 5, failed: 2 }],
  [
    "skipped and planned tests are failed",
    { ...report, numPendingTests: 1, numTodoTests: 2 },
    0,
    { passed: 5, failed: 3 },
  ],
  ["a file that cannot run is failed", { ...report, numRuntimeErrorTestSuites: 1 }, 1, { passed: 5, failed: 1 }],
  ["a run without a test is failed", { ...report, numPassedTests: 0 }, 0, { passed: 0, failed: 1 }],
  ["a run that jest calls failed is failed", report, 1, { passed: 5, failed: 1 }],
])("%s", (_fact, written, exitCode, counts) => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-counts-"));
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(written));

  expect(count(file, exitCode)).toEqual(counts);

  rmSync(folder, { recursive: true });
});

test("a run that leaves no report is failed", () => {
  expect(count(join(tmpdir(), "pulumi-gitpod-no-such-report.json"), 0)).toEqual({ passed: 0, failed: 1 });
});

test("the slowest suites come first, ten at most", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-counts-"));
  const file = join(folder, "report.json");
  const suite = (seconds: number) => ({
    name: join(root, "tests", `${seconds}.test.ts`),
    startTime: 5000,
    endTime: 5000 + seconds * 1000,
  });
  writeFileSync(file, JSON.stringify({ ...report, testResults: [7, 3, 12, 1, 2, 4, 5, 6, 8, 9, 10, 11].map(suite) }));

  expect(slowest(file)).toEqual(
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((seconds) => `${`${seconds}.0`.padStart(7)} s  tests/${seconds}.test.ts`),
  );

  rmSync(folder, { recursive: true });
});

test("a run that leaves no report has no slow suites", () => {
  expect(slowest(join(tmpdir(), "pulumi-gitpod-no-such-report.json"))).toEqual([]);
});
