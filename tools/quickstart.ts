import { mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { resolveAccount } from "../provider/client/account";
import { build } from "./build";
import { command } from "./command";
import { findPulumi } from "./pulumi/find-pulumi";
import { startEmulator } from "./quickstart/emulator";
import { openStack, type Stack } from "./quickstart/stack";
import { root } from "./root";

command(async () => {
  const words = process.argv.slice(2);
  const real = words.includes("--real");
  const [order = "up", ...rest] = words.filter((word) => word !== "--real");
  // Said before anything is prepared; Pulumi would wrap it in the names of all that waits for an answer.
  if (real) resolveAccount({}, process.env);
  const folder = join(root, ".quickstart", real ? "account" : "emulated");
  mkdirSync(folder, { recursive: true });
  heading("Prepare");
  const cli = await findPulumi(line);
  line(`Pulumi ${cli.version}, ${cli.how}`);
  await build();
  const emulator = real ? undefined : await startEmulator(folder);
  line(
    emulator
      ? `Gitpod's API, emulated on this machine: ${emulator.url}`
      : "Your account, by the token in the environment",
  );
  line(`Kept in ${relative(root, folder)}: Pulumi's state${emulator ? " and the emulator's world" : ""}`);
  try {
    const stack = await openStack(cli, folder, emulator, line);
    process.exitCode = await (order === "up" ? bringUp(rest, stack) : follow(order, rest, stack));
  } finally {
    await emulator?.stop();
  }
  if (order === "destroy" && process.exitCode === 0) cleanUp(folder);
});

async function bringUp(rest: string[], stack: Stack): Promise<number> {
  heading("pulumi up");
  const first = await stack.run("up", "--yes", "--skip-preview", ...rest);
  if (first !== 0) return first;
  heading("pulumi up again: nothing changes");
  const second = await stack.run("up", "--yes", "--skip-preview", "--expect-no-changes", ...rest);
  if (second !== 0) return second;
  heading("What now");
  line("Change something   Edit examples/quickstart/index.ts, then: npm run quickstart");
  line("Look before        npm run quickstart -- preview --diff");
  line("Other commands     npm run quickstart -- refresh   (or stack output, stack export, …)");
  line("Clean up           npm run quickstart -- destroy");
  line("A real account     Set GITPOD_API_KEY (or ONA_API_KEY) to a personal access token, then:");
  line("                   npm run quickstart -- preview --real, up --real, destroy --real");
  return 0;
}

async function follow(order: string, rest: string[], stack: Stack): Promise<number> {
  heading(`pulumi ${[order, ...rest].join(" ")}`);
  return stack.run(order, ...(implied[order] ?? []), ...rest);
}

/** Arguments that let a command run to its end without a question. */
const implied: Record<string, string[]> = {
  refresh: ["--yes", "--skip-preview"],
  destroy: ["--yes", "--skip-preview", "--remove"],
};

function cleanUp(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  line(`Removed ${relative(root, folder)}: the next quickstart begins anew.`);
}

function heading(title: string): void {
  console.log(`\n── ${title}`);
}

function line(text: string): void {
  console.log(`   ${text}`);
}
