import { existsSync, readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { existingIn, place } from "../../adopt/place";
import { type Clients, readInventory } from "../../adopt/read";
import { kindsNamed } from "../../adopt/read/kinds";
import { type Language, projectOf } from "../../adopt/write";
import { type Api, apis } from "../../provider/client/api";
import { type Client, connect } from "../../provider/client/client";
import { accountOf, hasToken } from "../account";
import { exitCodes } from "../exit-codes";
import { endOnInterrupt } from "../interrupt";
import { apply } from "./apply";
import { showProgress } from "./progress";
import { type Outcome, report, summary } from "./summary";

/** What somebody wants to have taken over, and how. */
export interface Options {
  readonly out: string;
  readonly language: string;
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
  if (!isLanguage(language)) return `--language ${language}: one of ${languages.join(", ")}`;
  if (options.apply && options.dryRun) return "--apply: nothing is imported in a --dry-run";
  if (options.apply && options.update)
    return "--apply: what --update adds becomes part of the program by hand first, as its README says";
  if (!/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(options.stack)) return `--stack ${options.stack}: not the name of a stack`;
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
  const { out, language, kinds, filter, dryRun = false, update = false, protect, json = false } = options;
  const stopEnding = endOnInterrupt();
  // What place would refuse later costs no calls now.
  if (!update && isTaken(out))
    throw new Error(`${resolve(out)} is not empty: name another folder with --out, or add what is new with --update.`);
  const existing = update ? existingIn(out) : undefined;
  const progress = showProgress(process.stderr);
  const inventory = await readInventory(clients(), { kinds, filter, progress: progress.tell }).finally(progress.end);
  const name = basename(resolve(out)).replaceAll(/[^\w.-]+/g, "-");
  const style = { language: isLanguage(language) ? language : "yaml", name, protect } as const;
  const files = projectOf(inventory, { ...style, ...(existing && { existing }) });
  if (!dryRun && files.size > 0) place(out, files, { update });
  const outcome: Outcome = { folder: resolve(out), inventory, files, dryRun };
  stopEnding();
  if (!json) process.stdout.write(summary(outcome));
  const failure = options.apply ? await apply(outcome.folder, { ...options, json }) : undefined;
  if (failure !== undefined) process.stderr.write(`${failure}\n`);
  const code =
    failure !== undefined ? exitCodes.failed : inventory.unread.length > 0 ? exitCodes.missing : exitCodes.done;
  if (json) process.stdout.write(`${JSON.stringify(report(outcome, { code, failure }), null, 2)}\n`);
  return code;
}

const isTaken = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

function clients(): Clients {
  const open = (api: Api): Client => connect(accountOf(api));
  const { index, experimental } = apis;
  return { index: open(index), ...(hasToken(experimental) && { experimental: open(experimental) }) };
}
