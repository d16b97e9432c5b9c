import { actionlint } from "./actionlint";
import { build } from "./build";
import { command } from "./command";
import { checkGenerated } from "./generate";
import { root } from "./root";
import { documentBreaches } from "./rules/documents";
import { importBreaches, importCircles } from "./rules/imports";
import { kindNames } from "./rules/kind-names";
import { kindBreaches } from "./rules/kinds";
import { lockFileBreaches } from "./rules/lock-file";
import { machinePathBreaches } from "./rules/machine-paths";
import { moduleStateBreaches } from "./rules/module-state";
import { ownWorkflowBreaches } from "./rules/own-workflows";
import { portableBreaches } from "./rules/portable";
import { sizeBreaches, unlistedFolders } from "./rules/provider-files";
import { sourceFiles } from "./rules/source-files";
import { workflowBreaches, workflowsIn } from "./rules/workflows";
import { runScript } from "./run";

/** What must hold before a change is worth testing, cheapest first. */
const steps: readonly [title: string, step: () => Promise<unknown>][] = [
  ["style and lint", () => tool("@biomejs/biome/bin/biome", ["check", "--diagnostic-level=error"])],
  [
    "who may import whom",
    async () => {
      const files = await sourceFiles();
      return refuse([...importBreaches(files), ...importCircles(files)]);
    },
  ],
  ["no run leaves anything in a module", async () => refuse(moduleStateBreaches(await sourceFiles()))],
  ["the core knows no kind", async () => refuse(kindBreaches(await sourceFiles(), kindNames()))],
  [
    "sizes and folders of the provider",
    async () => {
      const files = await sourceFiles();
      return refuse([...sizeBreaches(files), ...unlistedFolders(files)]);
    },
  ],
  ["documents name what exists", async () => refuse(documentBreaches(await sourceFiles(), scripts()))],
  ["nothing of one machine", async () => refuse(machinePathBreaches(await sourceFiles()))],
  ["other systems take the sources", async () => refuse(await portableBreaches())],
  ["npm ci takes the lock file", async () => refuse(lockFileBreaches(await sourceFiles()))],
  [
    "workflows trust no more than they have to",
    async () => {
      const files = await sourceFiles();
      return refuse([...workflowBreaches(files), ...ownWorkflowBreaches(files, scripts())]);
    },
  ],
  [
    "workflows are what GitHub takes",
    async () => refuse(await actionlint(workflowsIn(await sourceFiles()).map(({ path }) => path))),
  ],
  ["generated code", checkGenerated],
  ["types of the package", () => build()],
  ["types of tests, tools and examples", () => tool("typescript/bin/tsc", ["-p", "tests"])],
];

command(async () => {
  for (const [title, step] of steps) {
    const began = Date.now();
    try {
      await step();
    } catch (error) {
      console.log(`✗ ${title}`);
      throw error;
    }
    console.log(`✓ ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  }
});

async function tool(script: string, args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runScript(require.resolve(script), args, { cwd: root });
  if (code !== 0) throw new Error((stdout + stderr).trim());
}

function refuse(breaches: string[]): void {
  if (breaches.length > 0) throw new Error(breaches.join("\n"));
}

function scripts(): string[] {
  const { scripts: named }: { scripts: Record<string, string> } = require("../package.json");
  return Object.keys(named);
}
