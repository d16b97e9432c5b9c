import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A step of a job or of an action. */
export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Record<string, string>;
}

/** A job of a workflow, as far as the recipes state it. */
export interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions: Record<string, string>;
  readonly outputs?: Record<string, string>;
  readonly strategy?: { readonly matrix: Record<string, string> };
  readonly steps: readonly Step[];
}

/** A workflow file. */
export interface Workflow {
  readonly on: string | Record<string, { readonly types?: string[]; readonly branches?: string[] } | null>;
  readonly jobs: Record<string, Job>;
}

/** What happens to a repository. */
export interface Event {
  readonly name: "pull_request" | "push" | "schedule";
  readonly event: { readonly action?: string; readonly pull_request?: PullRequest };
}

/** A pull request as an event states it. */
export interface PullRequest {
  readonly number: number;
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } };
}

export const readWorkflow = (file: string): Workflow => parse(readFileSync(file, "utf8"));

/** The steps of a composite action. */
export const readAction = (file: string): readonly Step[] => parse(readFileSync(file, "utf8")).runs.steps;

/** Whether a workflow runs on an event. */
export function runsOn({ on }: Workflow, { name, event: { action } }: Event): boolean {
  const events = typeof on === "string" ? { [on]: null } : on;
  if (!(name in events)) return false;
  if (name !== "pull_request") return true;
  return (events[name]?.types ?? ["opened", "synchronize", "reopened"]).includes(action ?? "");
}
