import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A job of a pipeline, as far as the recipes state it. */
export interface CiJob {
  readonly rules?: readonly Rule[];
  readonly needs?: readonly string[];
  readonly variables?: Record<string, string>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly retry?: { readonly max: number; readonly when: readonly string[] };
  readonly environment?: { readonly name: string; readonly action?: string };
  readonly artifacts?: { readonly paths?: readonly string[] };
  readonly trigger?: { readonly include: readonly [{ readonly artifact: string; readonly job: string }] };
}

/** A condition under which something is in a pipeline. */
export interface Rule {
  readonly if: string;
  readonly when?: string;
}

/** What `.gitlab-ci.yml` says with all that it includes. */
export interface CiFile {
  readonly rules: readonly Rule[];
  readonly variables: Record<string, string>;
  readonly jobs: Record<string, CiJob>;
}

/** Reads the file of a repository: jobs have what they extend, and the defaults. */
export function readCiFile(repository: string): CiFile {
  const { include = [], workflow, default: defaults, variables = {}, ...own } = parsed(repository, ".gitlab-ci.yml");
  const jobs: Record<string, StatedJob> = Object.assign(
    own,
    ...include.map(({ local }: { local: string }) => parsed(repository, local)),
  );
  const shown = Object.entries(jobs).filter(([name]) => !name.startsWith("."));
  const whole = shown.map(([name, job]) => [name, { ...(job.trigger ? {} : defaults), ...extended(job, jobs) }]);
  return { rules: workflow.rules, variables, jobs: Object.fromEntries(whole) };
}

type StatedJob = CiJob & { readonly extends?: string };

const parsed = (repository: string, file: string) => parse(readFileSync(join(repository, file), "utf8"));

/** Variables are merged; whatever else the recipes extend by is whole. */
function extended({ extends: from, ...job }: StatedJob, jobs: Record<string, StatedJob>): CiJob {
  if (from === undefined) return job;
  const base = extended(jobs[from] ?? missing(from), jobs);
  return { ...base, ...job, variables: { ...base.variables, ...job.variables } };
}

function missing(job: string): never {
  throw new Error(`there is no job ${job} to extend`);
}
