import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { Machine, Site } from "../site";
import type { Steps } from "../steps";
import { type CiJob, type Rule, readCiFile } from "./ci-file";

/** Values of variables by name. */
export type Values = Readonly<Record<string, string>>;

/** What pipelines run with beside the site. */
export interface Runner {
  readonly site: Site;
  readonly steps: Steps;
  /** The variables of the project; protected ones are there on the default branch only. */
  readonly project: { readonly open: Values; readonly protected: Values };
  /** What GitLab says to each job. */
  readonly predefined: Values;
}

/** A pipeline that has run. */
export interface Pipeline {
  /** How each of its jobs ended; those that wait for somebody are not there. */
  readonly results: Record<string, string>;
  /** What they printed. */
  readonly printed: readonly string[];
  /** Runs the job that stops an environment. */
  stop(environment: string): Promise<string>;
}

/** Runs the pipeline of an event, which its own variables describe; undefined where there is none. */
export async function runPipeline(runner: Runner, event: Values): Promise<Pipeline | undefined> {
  const file = readCiFile(runner.site.repository);
  const known = { ...runner.predefined, ...event };
  if (!applying(file.rules, known)) return undefined;
  const run = createRun(runner, { ...file.variables, ...known });
  const manual: Record<string, CiJob> = {};
  for (const [name, job] of Object.entries(file.jobs)) {
    const rule = applying(job.rules ?? [], known);
    if (rule?.when === "manual") manual[name] = job;
    else if (rule && !job.needs?.some((needed) => run.results[needed] === "failed")) await run.job(name, job);
  }
  return {
    results: run.results,
    printed: run.printed,
    async stop(environment) {
      for (const [name, job] of Object.entries(manual)) {
        const { name: of = "", action } = job.environment ?? {};
        if (action === "stop" && expanded(of, known) === environment) return run.job(name, job);
      }
      throw new Error(`no job stops ${environment}`);
    },
  };
}

/** The first rule that holds. The expressions of the recipes mean the same in JavaScript. */
function applying(rules: readonly Rule[], values: Values): Rule | undefined {
  return rules.find((rule) => {
    const expression = rule.if.replace(/\$(\w+)/g, (_, name: string) => JSON.stringify(values[name] ?? null));
    return Boolean(runInNewContext(expression));
  });
}

function createRun({ site, steps, project }: Runner, pipeline: Values) {
  const results: Record<string, string> = {};
  const printed: string[] = [];
  const machines: Record<string, { job: CiJob; machine: Machine }> = {};

  const attempt = async (name: string, job: CiJob) => {
    const machine = site.machine();
    machine.checkOut();
    for (const { job: other, machine: from } of Object.values(machines))
      for (const path of other.artifacts?.paths ?? []) cpSync(join(from.folder, path), join(machine.folder, path));
    const ended = await machine.run(["bash", "-eo", "pipefail"], told(job), valuesOf(job));
    linesOf(job).forEach((line, at) => {
      if (ended.output.includes(`\n$ ${at}\n`)) steps.ran(".gitlab-ci.yml", line);
    });
    printed.push(ended.output);
    machines[name] = { job, machine };
    return ended;
  };

  /** A variable of the project counts before one that the file states. */
  const valuesOf = (job: CiJob): Values => {
    const isDefault = pipeline.CI_COMMIT_BRANCH === pipeline.CI_DEFAULT_BRANCH;
    const outside = { ...pipeline, ...project.open, ...(isDefault && project.protected) };
    const stated = Object.entries(job.variables ?? {}).map(([key, text]) => [key, expanded(text, outside)]);
    return { ...Object.fromEntries(stated), ...outside };
  };

  const runJob = async (name: string, job: CiJob): Promise<string> => {
    if (job.trigger) return child(name, job.trigger.include[0]);
    const { max = 0, when = [] } = job.retry ?? {};
    let ended = await attempt(name, job);
    for (let left = when.includes("runner_system_failure") ? max : 0; ended.isLost && left > 0; left--)
      ended = await attempt(name, job);
    results[name] = ended.code === 0 && !ended.isLost ? "success" : "failed";
    return results[name];
  };

  const child = async (name: string, { artifact, job }: { artifact: string; job: string }): Promise<string> => {
    const from = machines[job]?.machine.folder ?? "";
    const jobs: Record<string, CiJob> = JSON.parse(readFileSync(join(from, artifact), "utf8"));
    const ended = [];
    for (const [each, stated] of Object.entries(jobs)) ended.push(await runJob(each, stated));
    results[name] = ended.includes("failed") ? "failed" : "success";
    return results[name];
  };

  return { results, printed, job: runJob };
}

const linesOf = ({ before_script = [], script = [] }: CiJob): string[] => [...before_script, ...script];

/** All lines run in one shell, and each is announced. */
const told = (job: CiJob): string =>
  linesOf(job)
    .map((line, at) => `printf '\\n$ %s\\n' ${at}\n${line}`)
    .join("\n");

const expanded = (text: string, values: Values): string =>
  text.replace(/\$(\w+)/g, (_, name: string) => values[name] ?? "");
