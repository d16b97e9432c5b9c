import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Contexts, evaluate, filled, filledIn } from "./expression";
import type { Machine, Site } from "./site";
import type { Steps } from "./steps";
import { type Event, type Job, readAction, readWorkflow, runsOn, type Step } from "./workflow";

/** How a job ended, and what was printed in it. */
export interface JobRun {
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Record<string, string>;
  readonly log: string;
}

/** What workflows run with beside the site. */
export interface Runner {
  readonly site: Site;
  readonly steps: Steps;
  /** The repository's name, `owner/name`. */
  readonly name: string;
  /** Where GitHub's own API answers. */
  readonly api: string;
  /** The token of a job, which may do what the permissions say. */
  token(permissions: Record<string, string>): string;
}

/** Lets an event happen to a workflow of the repository, and runs its jobs one after the other. */
export async function happen(runner: Runner, workflow: string, event: Event): Promise<Record<string, JobRun>> {
  const file = join(".github", "workflows", workflow);
  const stated = readWorkflow(join(runner.site.repository, file));
  const runs: Record<string, JobRun> = {};
  if (!runsOn(stated, event)) return runs;
  for (const [name, job] of Object.entries(stated.jobs)) {
    const contexts = contextsOf(runner, event, job, runs);
    const isFine = job.needs === undefined || runs[job.needs]?.result === "success";
    if (!isDue(job.if, isFine, contexts)) {
      runs[name] = { result: "skipped", outputs: {}, log: "" };
      continue;
    }
    const each: JobRun[] = [];
    for (const matrix of matricesOf(job, contexts)) each.push(await runJob(runner, file, job, { ...contexts, matrix }));
    runs[name] = together(each);
  }
  return runs;
}

/** The jobs of a matrix as one. */
function together(runs: readonly JobRun[]): JobRun {
  const result = runs.some((run) => run.result === "failure") ? "failure" : "success";
  const outputs = Object.assign({}, ...runs.map((run) => run.outputs));
  return { result, outputs, log: runs.map(({ log }) => log).join("") };
}

function contextsOf(
  { site, name, token }: Runner,
  { name: event_name, event }: Event,
  job: Job,
  needs: object,
): Contexts {
  const isFork = event.pull_request !== undefined && event.pull_request.head.repo.full_name !== name;
  return {
    github: { event, event_name, repository: name, server_url: "https://github.test", token: token(job.permissions) },
    vars: site.vars,
    secrets: isFork ? {} : site.secrets,
    needs,
  };
}

/** A condition without a function of status holds only while all is fine. */
function isDue(condition: string | undefined, isFine: boolean, contexts: Contexts): boolean {
  const status = { always: () => true, cancelled: () => false, success: () => isFine, failure: () => !isFine };
  if (condition === undefined) return isFine;
  const asks = /\b(always|cancelled|success|failure)\(\)/.test(condition);
  return (asks || isFine) && Boolean(evaluate(condition, { ...contexts, ...status }));
}

function matricesOf({ strategy }: Job, contexts: Contexts): Record<string, unknown>[] {
  const [axis] = Object.entries(strategy?.matrix ?? {});
  if (!axis) return [{}];
  const values = filled(axis[1], contexts);
  if (!Array.isArray(values) || values.length === 0) throw new Error(`the matrix ${axis[0]} has no values`);
  return values.map((value) => ({ [axis[0]]: value }));
}

async function runJob(runner: Runner, file: string, job: Job, contexts: Contexts): Promise<JobRun> {
  const machine = runner.site.machine();
  const steps: Record<string, { outcome: string; outputs: Record<string, string> }> = {};
  let log = "";
  let isFine = true;
  const work = async (stating: string, all: readonly Step[]): Promise<boolean> => {
    for (const step of all) {
      const known = { ...contexts, steps };
      if (!isDue(step.if, isFine, known)) {
        if (step.id) steps[step.id] = { outcome: "skipped", outputs: {} };
        continue;
      }
      if (step.uses?.startsWith("./")) {
        const action = join(step.uses, "action.yml");
        if (!(await work(action, readAction(join(machine.folder, action))))) return false;
      } else if (step.uses) await useAction(step.uses, machine);
      else {
        const { code, output, outputs, isLost } = await runStep(runner, machine, stating, step, known);
        log += output;
        if (isLost) return false;
        if (code !== 0) isFine = false;
        if (step.id) steps[step.id] = { outcome: code === 0 ? "success" : "failure", outputs };
      }
    }
    return true;
  };
  const isWhole = await work(file, job.steps);
  const outputs = filledIn(job.outputs ?? {}, { ...contexts, steps });
  return { result: isWhole && isFine ? "success" : "failure", outputs: isWhole ? outputs : {}, log };
}

/** The machines have what the other actions install. */
async function useAction(action: string, machine: Machine): Promise<void> {
  const [name] = action.split("@");
  if (name === "actions/checkout") machine.checkOut();
  else if (name !== "actions/setup-node" && name !== "pulumi/actions") throw new Error(`${action} is not known here`);
}

async function runStep({ steps, name, api }: Runner, machine: Machine, file: string, step: Step, contexts: Contexts) {
  const output = join(machine.folder, "..", "step-output");
  writeFileSync(output, "");
  const own = { GITHUB_OUTPUT: output, GITHUB_REPOSITORY: name, GITHUB_API_URL: api, GITHUB_ACTIONS: "true" };
  const script = step.run ?? "";
  if (script.includes("${{"))
    throw new Error(`${file}: a script takes what others may write from its environment only`);
  const shell = step.shell === "bash" ? ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"] : ["bash", "-e"];
  const ended = await machine.run(shell, script, { ...own, ...filledIn(step.env ?? {}, contexts) });
  steps.ran(file, script);
  const lines = readFileSync(output, "utf8").split("\n");
  const outputs = Object.fromEntries(lines.filter((line) => line.includes("=")).map((line) => pairIn(line)));
  return { ...ended, outputs };
}

function pairIn(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
