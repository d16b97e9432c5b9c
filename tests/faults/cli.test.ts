import type { Emulator, TableName } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { javascript, openScene, type Scene, stateOf } from "../engine/scene";
import type { Kill } from "./fault";
import { callsOf, homeInputs, subjects } from "./subject";

jest.setTimeout(1_800_000);

const kinds = subjects({ environmentId: "<home>", taskId: "<task>" });
const once = { projects: 1, environments: 2, services: 2, tasks: 3, taskExecutions: 1, groups: 1, secrets: 1 };

test.each(["before", "after"] as const)(
  "a job that is killed %s the server acts, in the create of every kind, leaves one object each after the next ones",
  async (moment) => {
    const scene = await openScene({ program: program([], {}) });
    const { engine, emulator } = scene;
    const adopted: Record<string, string> = {};
    await engine.up();

    for (const [place, subject] of kinds.entries()) {
      const { definition } = subject;
      engine.write(program(kinds.slice(0, place + 1), adopted));
      await killedIn(scene, callsOf(subject, "create")[0] ?? "", moment);
      await engine.run("cancel", "--yes");
      const next = await engine.up();
      const candidate = next.code === 0 ? undefined : candidateIn(`${next.stdout}${next.stderr}`);
      if (candidate === undefined) continue;
      adopted[definition.kind] = candidate;
      engine.write(program(kinds.slice(0, place + 1), adopted));
      await engine.up();
    }
    const last = await engine.up();

    const stored = JSON.stringify(await stateOf(scene));
    expect(Object.keys(adopted)).toEqual(moment === "before" ? [] : ["Group", "Project", "Secret"]);
    expect(last.summary).toEqual({ same: kinds.length + 3 });
    expect(counted(emulator)).toEqual(once);
    expect(idsIn(emulator).filter((id) => !stored.includes(id))).toEqual([]);
  },
);

/** Starts a run and kills the engine in the next call of a method. */
async function killedIn({ engine, emulator }: Scene, method: string, moment: Kill["moment"]): Promise<void> {
  const job = engine.start("up", "--yes", "--skip-preview");
  const stop = emulator.admin.onCall((called, at) => {
    if (called !== method || at !== moment) return;
    stop();
    job.child.kill("SIGKILL");
    if (moment === "before") throw new Error("the call has not arrived");
  });
  const { stdout, stderr } = await job.ended;
  stop();
  if (job.child.signalCode !== "SIGKILL") throw new Error(`${method} was not called: ${stdout}${stderr}`);
}

/** The environment and the task that others live in, and one resource of each of these kinds. */
function program(those: typeof kinds, adopted: Record<string, string>): Record<string, string> {
  const lines = those.map(({ definition: { kind }, inputs }) => {
    const stated: JsonObject = { ...inputs, ...(adopted[kind] && { adopt: adopted[kind] }) };
    const text = JSON.stringify(stated).replace('"<home>"', "home.id").replace('"<task>"', "task.id");
    return `new gitpod.${kind}("${kind}", ${text});`;
  });
  return javascript(`
const home = new gitpod.Environment("home", ${JSON.stringify(homeInputs.environment)});
const task = new gitpod.Task("task", { environmentId: home.id, ...${JSON.stringify(homeInputs.task)} });
${lines.join("\n")}`);
}

const candidateIn = (text: string): string | undefined =>
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b(?=.*\badopt\b)/s.exec(text)?.[0];

const tables = Object.keys(once) as TableName[];

const counted = ({ admin }: Emulator): Record<string, number> =>
  Object.fromEntries(tables.map((table) => [table, admin.objects(table).length]));

const idsIn = ({ admin }: Emulator): string[] =>
  tables.flatMap((table) => admin.objects(table).map((object) => String((object as JsonObject).id)));
