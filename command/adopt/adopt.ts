import { basename, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { existingIn, isTaken, place } from "../../adopt/place";
import { type Clients, readInventory } from "../../adopt/read";
import { kindsNamed } from "../../adopt/read/kinds";
import { type Language, projectOf } from "../../adopt/write";
import { type Api, apis } from "../../provider/client/api";
import { type Client, connect } from "../../provider/client/client";
import { accountOf, hasToken } from "../account";
import { exitCodes } from "../exit-codes";
import { endOnInterrupt } from "../interrupt";
import { apply } from "./apply";
import { ownFile } from "./own-file";
import { showProgress } from "./progress";
import { type Outcome, report, resourcesOf, summary } from "./summary";

/** What somebody wants to have taken over, and how. */
export interface Options {
  readonly out: string;
  /** That of the project that is there, else YAML, where it is missing. */
  readonly language?: string;
  readonly kinds?: readonly string[];
  readonly filter?: string;
  readonly dryRun?: boolean;
  readonly update?: boolean;
  readonly apply?: boolean;
  readonly stack: string;
  readonly protect: boolean;
  readonly json?: boolean;
}

/** Says what is wrong with options, in a sentence. */
export function refusalOf({ language, kinds, ...options }: Options): string | undefined {
  if (language !== undefined && !isLanguage(language)) return `--language ${language}: one of ${languages.join(", ")}`;
  if (options.apply && options.dryRun) return "--apply: nothing is imported in a --dry-run";
  if (options.apply && options.update)
    return "--apply: what --update adds becomes part of the program by hand first, as its README says";
  if (!/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(options.stack)) return `--stack ${options.stack}: not the name of a stack`;
  if (kinds?.length === 0) return "--kinds: no kind is named";
  try {
    kindsNamed(kinds ?? []);
    return undefined;
  } catch (error) {
    return `--kinds: ${(error as Error).message}`;
  }
}

const languages: readonly Language[] = ["yaml", "typescript"];

const isLanguage = (name: string): name is Language => languages.some((language) => language === name);

/** Takes over an account, tells how it went, and returns the exit code. */
export async function adopt(options: Options): Promise<number> {
  // What is read of a large organization is soon done with; V8 would keep twice the memory for it.
  setFlagsFromString("--optimize-for-size");
  const stopEnding = endOnInterrupt();
  const outcome = await written(options);
  stopEnding();
  const { json = false } = options;
  if (!json) process.stdout.write(summary(outcome));
  const isWanted = options.apply && resourcesOf(outcome).length > 0;
  const failure = isWanted ? await apply(outcome.folder, { ...options, json }) : undefined;
  if (failure !== undefined) process.stderr.write(`${failure}\n`);
  const complete = outcome.inventory.unread.length > 0 ? exitCodes.missing : exitCodes.done;
  const code = failure === undefined ? complete : exitCodes.failed;
  if (json) process.stdout.write(`${JSON.stringify(report(outcome, { code, failure }), null, 2)}\n`);
  return code;
}

async function written({ out, kinds, filter, dryRun = false, update = false, ...options }: Options): Promise<Outcome> {
  const folder = resolve(out);
  // What place would refuse later costs no calls now.
  if (!update && isTaken(folder))
    throw new Error(`${folder} is not empty: name another folder with --out, or add what is new with --update.`);
  const existing = update ? existingIn(folder) : undefined;
  if (update && existing === undefined)
    throw new Error(`${folder} has no project to which something could be added: leave out --update.`);
  const language = languageOf(options.language, existing, folder);
  const progress = showProgress(process.stderr);
  const inventory = await readInventory(clients(), { kinds, filter, progress: progress.tell }).finally(progress.end);
  if (!update && inventory.objects.length === 0 && inventory.unread.length === 0)
    throw new Error(
      `There is nothing to take over${filter === undefined ? "" : ` with ${filter} in its name`}, so that nothing was written.`,
    );
  const name = basename(folder).replaceAll(/[^\w.-]+/g, "-");
  const files = projectOf(inventory, {
    language,
    name,
    protect: options.protect,
    own: ownFile(folder),
    ...(existing && { existing }),
  });
  if (!dryRun && files.size > 0) place(folder, files, { update });
  return { folder, inventory, files, dryRun };
}

/** Returns the language that is stated, or that of the project that is there, which has one only. */
function languageOf(
  stated: string | undefined,
  existing: ReadonlyMap<string, string> | undefined,
  folder: string,
): Language {
  const wanted = languages.find((language) => language === stated);
  if (existing === undefined) return wanted ?? "yaml";
  const own = [...existing.keys()].some((file) => file.endsWith(".ts")) ? "typescript" : "yaml";
  if (wanted !== undefined && wanted !== own)
    throw new Error(`--language ${wanted}: the project in ${folder} is in ${own}, and what --update adds is, too.`);
  return own;
}

function clients(): Clients {
  const open = (api: Api): Client => connect(accountOf(api));
  const { index, experimental } = apis;
  return { index: open(index), ...(hasToken(experimental) && { experimental: open(experimental) }) };
}
