import { parse } from "yaml";
import type { SourceFile } from "./source-files";

/** A workflow of GitHub, as far as rules look into it. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions?: { readonly [scope: string]: string };
  readonly jobs: { readonly [name: string]: Job };
}

interface Job {
  /** The workflow that it calls, instead of steps of its own. */
  readonly uses?: string;
  readonly permissions?: { readonly [scope: string]: string };
  readonly environment?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: unknown };
}

/** The workflows of the repository, and the recipes for workflows that it offers. */
export const workflowsIn = (files: readonly SourceFile[]): SourceFile[] =>
  files.filter(
    ({ path, text }) =>
      /^(\.github\/workflows|examples\/pipelines)\/.*\.ya?ml$/.test(path) && /^on:/m.test(text) && /^jobs:/m.test(text),
  );

/** One line for each place where a workflow or a recipe trusts more than it has to, or may run for hours. */
export function workflowBreaches(files: readonly SourceFile[]): string[] {
  const workflows = workflowsIn(files);
  const actions = files.filter(({ path }) => /^\.github\/actions\/.*\/action\.yml$/.test(path));
  const pins = [...workflows, ...actions].flatMap(pinsIn);
  return [
    ...workflows.flatMap(({ path, text }) => breachesOf(parse(text)).map((breach) => `${path}: ${breach}`)),
    ...pins
      .filter(({ pinned }) => !pinned)
      .map(({ path, line }) => `${path}: ${line}: pin the digest, comment the version`),
    ...disagreementsIn(pins),
  ];
}

function breachesOf({ permissions, jobs }: Workflow): string[] {
  return [
    ...(permissions ? [] : ["state `permissions: {}`, so that a job has only what it states"]),
    ...(mayWrite(permissions) ? ["let a job state what it may write, not the workflow"] : []),
    ...Object.entries(jobs).flatMap(([name, job]) => breachesOfJob(job).map((breach) => `${name}: ${breach}`)),
  ];
}

function breachesOfJob({ uses, permissions, steps = [], "timeout-minutes": minutes }: Job): string[] {
  return [
    ...(permissions ? [] : ["state permissions"]),
    ...(uses || minutes ? [] : ["state timeout-minutes"]),
    ...steps
      .flatMap(({ run }) => run?.match(/\$\{\{.*?\}\}/g) ?? [])
      .map((expression) => `hand ${expression} to the shell in an environment variable`),
  ];
}

const mayWrite = (permissions: Workflow["permissions"] = {}): boolean =>
  typeof permissions === "string" || Object.values(permissions).includes("write");

/** An action that a workflow uses: by a digest with a version in the comment, or not so. */
interface Pin {
  readonly path: string;
  readonly line: string;
  readonly pinned?: { readonly action: string; readonly digest: string; readonly version: string };
}

function pinsIn({ path, text }: SourceFile): Pin[] {
  return [...text.matchAll(/^[ -]*(uses: *(?!\.\/)\S.*)$/gm)].map(([, line = ""]) => {
    const [, action, digest, version] = /^uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line) ?? [];
    return action && digest && version ? { path, line, pinned: { action, digest, version } } : { path, line };
  });
}

/** A version has one digest: of two that a comment gives it, one is not what the comment says. */
function disagreementsIn(pins: readonly Pin[]): string[] {
  const digests = new Map<string, Set<string>>();
  for (const { pinned } of pins)
    if (pinned) {
      const named = `${pinned.action} ${pinned.version}`;
      digests.set(named, (digests.get(named) ?? new Set()).add(pinned.digest));
    }
  return [...digests]
    .filter(([, { size }]) => size > 1)
    .map(([named, found]) => `${named} has one digest, and workflows give it ${[...found].join(" and ")}`);
}
