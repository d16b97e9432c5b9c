import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids } from "../../emulator";
import { root } from "../../tools/root";
import { javascript, openScene } from "../engine/scene";

/** A command of the guide, and what it says that the command prints. */
interface Step {
  readonly command: readonly string[];
  readonly prints: readonly string[];
}

test("the guide for pipelines leads from a job that was killed in a create to one object, and says what is seen", async () => {
  const { engine, emulator } = await openScene({
    program: javascript(`new gitpod.Environment("dev", { spec: { machine: { class: "${ids.smallClass}" } } });`),
  });
  const job = engine.start("up", "--yes", "--skip-preview");
  await new Promise<void>((resolve) => {
    const stop = emulator.admin.onCall((method, moment) => {
      if (method !== "EnvironmentService/CreateEnvironment" || moment !== "after") return;
      stop();
      job.child.kill("SIGKILL");
      resolve();
    });
  });
  await job.ended;
  const killed = await engine.export();

  const missing = [];
  for (const { command, prints } of guide()) {
    const { stdout, stderr } = await engine.run(...command);
    const printed = `${stdout}\n${stderr}`.replace(/\s+/g, " ");
    missing.push(...prints.filter((line) => !printed.includes(line)).map((line) => ({ command, line, printed })));
  }

  const state = await engine.export();
  const [environment] = emulator.admin.objects("environments") as { id: string }[];
  expect(killed.deployment.pending_operations).toHaveLength(1);
  expect(missing).toEqual([]);
  expect(emulator.admin.objects("environments")).toHaveLength(1);
  expect(state.deployment.resources?.at(-1)?.id).toBe(environment?.id);
  expect(state.deployment.pending_operations ?? []).toEqual([]);
});

/** The commands of the guide in their order, with the lines below them. */
function guide(): Step[] {
  const text = readFileSync(join(root, "docs", "pipelines.md"), "utf8");
  return [...text.matchAll(/```console\n\$ pulumi (.+)\n([^`]*)```/g)].map(([, command = "", lines = ""]) => ({
    command: command.split(" "),
    prints: lines.split("\n").filter((line) => line !== ""),
  }));
}
