import { paint } from "../paint";
import type { Check } from "./check";
import { installed } from "./installed";
import { projectIn } from "./project";
import { classic, reached } from "./reached";

/** Looks at everything that a program in this folder needs. */
export async function look(folder: string): Promise<Check[]> {
  const project = await projectIn(folder);
  const parts = await Promise.all([installed(folder, project), reached(project), classic()]);
  return parts.flat();
}

/** Writes a line for each check, and a sentence for each thing that is wrong. */
export function lines(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, mark, says }) => `${marks[mark]()} ${name.padEnd(width)}  ${says}`);
  const advice = checks.flatMap((check) => check.advice ?? []);
  return `${[...rows, ...(advice.length > 0 ? ["", ...advice] : [])].join("\n")}\n`;
}

const marks = { ok: () => paint("green", "✓"), wrong: () => paint("red", "✗"), note: () => "–" };
