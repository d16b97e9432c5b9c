import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../exit-codes";

/** How a project is imported. */
export interface Applying {
  readonly stack: string;
  readonly protect: boolean;
  /** Whether standard output belongs to a document. */
  readonly json: boolean;
}

/** Imports what a project declares, and previews that nothing changes. Says what has failed, if something has. */
export async function apply(folder: string, { stack, protect, json }: Applying): Promise<string | undefined> {
  const steps: readonly Step[] = [
    ...(existsSync(join(folder, "node_modules", "pulumi-gitpod")) ? [] : [install]),
    {
      command: ["pulumi", "stack", "select", "--create", stack],
      failed: "The stack is not there, and nothing was imported.",
    },
    {
      command: [
        ...["pulumi", "import", "--file", "import.json", "--yes", "--generate-code=false"],
        ...(protect ? [] : ["--protect=false"]),
      ],
      failed: "Nothing was changed on the platform; correct what the output names, and run the rest by hand.",
    },
    {
      command: ["pulumi", "preview", "--expect-no-changes"],
      failed:
        "Everything is imported, and nothing was changed on the platform; the output says what an update would change.",
    },
  ];
  for (const { command, failed } of steps) {
    process.stderr.write(`\n$ ${command.join(" ")}\n`);
    const end = await run(folder, command, json);
    if (end !== undefined) return `${command.join(" ")} ${end}. ${failed}`;
  }
  return undefined;
}

interface Step {
  readonly command: readonly string[];
  /** What is so when it has failed: sentences. */
  readonly failed: string;
}

const install: Step = {
  command: ["npm", "install"],
  failed: "The plugin is not there, and nothing was imported; run the commands of README.md once it is.",
};

/** Runs a command to its end, and says how that was unless all is well. */
function run(cwd: string, [program = "", ...args]: readonly string[], json: boolean): Promise<string | undefined> {
  let interrupted = false;
  // The command gets the Ctrl-C as well, and ends in its own time.
  const wait = (): void => {
    interrupted = true;
  };
  process.on("SIGINT", wait);
  return new Promise((resolve) => {
    // On Windows npm is a script, which only a shell starts.
    const shell = process.platform === "win32";
    const child = spawn(program, args, {
      cwd,
      shell,
      stdio: ["inherit", json ? process.stderr : "inherit", "inherit"],
    });
    child.once("error", ({ message }) => resolve(`cannot be started: ${message}`));
    child.once("close", (code) => {
      process.off("SIGINT", wait);
      if (interrupted) process.exit(exitCodes.interrupted);
      resolve(code === 0 ? undefined : `ended with exit code ${code ?? exitCodes.failed}`);
    });
  });
}
