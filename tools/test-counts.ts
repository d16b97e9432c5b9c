import { existsSync, readFileSync } from "node:fs";

/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** The part of jest's report that is counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/**
 * Counts jest's report. A skipped or planned test counts as failed, and so does a file that could not run, a run without
 * a test, and one that jest calls failed although no test did.
 */
export function count(file: string, exitCode: number): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report: Report = JSON.parse(readFileSync(file, "utf8"));
  const passed = report.numPassedTests;
  const failed =
    report.numFailedTests + report.numPendingTests + report.numTodoTests + report.numRuntimeErrorTestSuites;
  const nothing = passed === 0 && failed === 0;
  return { passed, failed: failed === 0 && (nothing || exitCode !== 0) ? 1 : failed };
}
