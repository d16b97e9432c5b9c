import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./root";

/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** The part of jest's report that is read. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; startTime: number; endTime: number }[];
}

/**
 * Counts jest's report. A skipped or planned test counts as failed, and so does a file that could not run, a run without
 * a test, and one that jest calls failed although no test did.
 */
export function count(file: string, exitCode: number): Counts {
  const report = reportIn(file);
  if (!report) return { passed: 0, failed: 1 };
  const passed = report.numPassedTests;
  const failed =
    report.numFailedTests + report.numPendingTests + report.numTodoTests + report.numRuntimeErrorTestSuites;
  const nothing = passed === 0 && failed === 0;
  return { passed, failed: failed === 0 && (nothing || exitCode !== 0) ? 1 : failed };
}

/** Returns the ten suites of jest's report that took longest, a line each. */
export function slowest(file: string): string[] {
  return (reportIn(file)?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${relative(root, name)}`);
}

const reportIn = (file: string): Report | undefined =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
