import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { lazily } from "../value/lazily";
import type { Variables } from "./account";

/**
 * Returns as what an engine is told of calls: as debug output where the command shows that, else as information where the
 * environment asks for it; undefined where the command hides debug output, which would cost a call of the engine for each
 * call of the API.
 */
export function toldAs(): "debug" | "info" | undefined {
  const isShown = showsDebug();
  if (!isShown && isWatched(process.env)) return "info";
  return isShown === false ? undefined : "debug";
}

/** Whether the environment asks for a line about each call. */
export const isWatched = ({ PULUMI_GITPOD_DEBUG = "" }: Variables): boolean => isTrue.test(PULUMI_GITPOD_DEBUG);

const isTrue = /^(1|true)$/i;

/**
 * Whether the Pulumi command that this process serves was given `--debug`; undefined where that cannot be found out. The
 * engine does not tell its providers, so that the command line of the CLI does, which has started this process or the
 * script that has.
 */
const showsDebug = lazily((): boolean | undefined => {
  if (isTrue.test(process.env.PULUMI_OPTION_DEBUG ?? "")) return true;
  const args = argumentsAbove(process.ppid);
  return args && hasDebugFlag(args);
});

/** Whether arguments of the CLI have the flag, by itself or as one of several letters. */
export const hasDebugFlag = (args: readonly string[]): boolean =>
  args.some((argument) => /^(--debug(=true|=1)?|-[yfj]*d[yfj]*)$/.test(argument));

/** Returns the arguments of the nearest Pulumi CLI, from a process upwards. */
function argumentsAbove(pid: number, levels = 3): readonly string[] | undefined {
  try {
    const { parent, command, args } = processOf(pid);
    if (basename(command) === "pulumi") return args;
    return levels > 1 ? argumentsAbove(parent, levels - 1) : undefined;
  } catch {
    return undefined;
  }
}

/** What a process was started with, and by which. */
export interface Started {
  readonly parent: number;
  readonly command: string;
  readonly args: readonly string[];
}

/** Looks a process up: on Linux in the files of the kernel, since a container may have no `ps`; on Windows there is no `ps`. */
export function processOf(pid: number, platform = process.platform): Started {
  if (platform !== "linux") return fromTable(pid);
  const [command = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "").split("\0");
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return { parent: Number(parent), command, args };
}

function fromTable(pid: number): Started {
  const ps = ["-o", "ppid=,args=", "-p", String(pid)];
  const line = execFileSync("ps", ps, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [parent, command = "", ...args] = line.trim().split(/\s+/);
  return { parent: Number(parent), command, args };
}
