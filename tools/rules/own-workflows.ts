import { parse } from "yaml";
import { foldersOf, namedFolders } from "./documents";
import type { SourceFile } from "./source-files";
import { type Workflow, workflowsIn } from "./workflows";

/** One line for each workflow of the repository that names what is not there, or hands a secret to who may not have it. */
export function ownWorkflowBreaches(files: readonly SourceFile[], scripts: readonly string[]): string[] {
  const paths = new Set(files.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const own = workflowsIn(files).filter(({ path }) => path.startsWith(".github/"));
  return own.flatMap(({ path, text }) =>
    [
      ...scriptsIn(text)
        .filter((script) => !scripts.includes(script))
        .map((script) => `package.json has no script \`${script}\``),
      ...pathsIn(text)
        .filter((named) => !paths.has(named))
        .map((named) => `there is no ${named}`),
      ...secretsIn(parse(text)),
    ].map((breach) => `${path}: ${breach}`),
  );
}

const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].flatMap(([, script, test]) => script ?? test ?? []);

/** Paths with a placeholder name no single one. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(`(?<![\\w~-]|\\w/)(?:${namedFolders}|\\.github)/[\\w./*{}-]+`, "g"))]
    .map(([path]) => path.replace(/[./]+$/, ""))
    .filter((path) => !/[*{}]/.test(path));

/** A secret is for a job whose environment the owner protects, never for the code of a pull request. */
function secretsIn({ on, jobs }: Workflow): string[] {
  return [
    ...(JSON.stringify(on).includes("pull_request_target")
      ? ["a pull request would run with the repository's rights"]
      : []),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      ...(JSON.stringify(job).includes("secrets") && !job.environment
        ? [`${name}: a secret needs an environment`]
        : []),
      ...(job.steps ?? [])
        .filter(
          ({ uses, with: inputs }) =>
            uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false,
        )
        .map(() => `${name}: the checkout would leave a token in .git: state \`persist-credentials: false\``),
    ]),
  ];
}
