import { kindName } from "../../provider/model/module";
import type { AdapterName } from "../../tools/engine/program";
import { complaintsOf, openScene, type Scene, stateOf } from "../engine/scene";
import { callsOf, mustConverge } from "../kinds/subject";
import { besides, chained, idsIn, kindsInChain, knownIn, lostIn } from "./chain";
import type { Kill } from "./fault";
import type { Stated } from "./kill";
import { candidateIn, namesRevocable } from "./refusal";
import { seeded, someOf } from "./sample";

jest.setTimeout(1_800_000);

const kinds = someOf(kindsInChain, 1).filter((kind) => callsOf(kind, "create").length > 0);

test.each<[Kill["moment"], AdapterName]>([
  ["before", "plugin"],
  ["after", "dynamic"],
])(
  "a job that is killed %s the server acts on the %s adapter, in the create of a kind of each shape, leaves one object each after the next ones",
  seeded(
    `jobs killed in creates of ${kinds.map(({ definition }) => kindName(definition))}`,
    async (moment, adapter) => {
      const adopted: Record<string, string> = {};
      const told: string[] = [];
      let stated: Stated = {};
      const program = () => chained(stated, adopted, adapter);
      const scene = await openScene({ program: program() });
      const { engine } = scene;
      await engine.up();

      let last: (typeof kinds)[number] | undefined;
      for (const subject of kinds) {
        stated = { ...stated, [kindName(subject.definition)]: subject.inputs };
        for (;;) {
          engine.write(program());
          const { said, isKilled } = await killedIn(scene, callsOf(subject, "create")[0] ?? "", moment);
          told.push(...said.split("\n"));
          await engine.run("cancel", "--yes");
          if (isKilled) break;
          adopt(last, said);
        }
        last = subject;
      }
      const next = await engine.up();
      told.push(...complaintsOf(next));
      if (next.code !== 0) adopt(last, `${next.stdout}${next.stderr}`);
      engine.write(program());
      told.push(...complaintsOf(await engine.up()));
      const repeated = await engine.up();

      expect(Object.keys(adopted)).toEqual(
        moment === "before"
          ? []
          : kinds.filter(({ definition }) => !mustConverge(definition)).map(({ definition }) => kindName(definition)),
      );
      expect(repeated.summary).toEqual({ same: kinds.length + besides });
      const known = knownIn(await stateOf(scene));
      const stored = [...known, ...idsIn(scene).filter((id) => !known.includes(id) && namesRevocable(told, id))];
      expect(lostIn(scene, stored)).toEqual([]);
      expect(idsIn(scene).sort()).toEqual(stored.sort());

      /** Takes over what was found of the resource whose create was interrupted last, once. */
      function adopt(interrupted: (typeof kinds)[number] | undefined, text: string): void {
        const kind = interrupted ? kindName(interrupted.definition) : "";
        const candidate = candidateIn(text);
        if (candidate === undefined || kind in adopted) throw new Error(`nothing was killed: ${text}`);
        adopted[kind] = candidate;
      }
    },
  ),
);

/** Starts a run and kills the engine in the next call of a method, if it makes any. */
async function killedIn(
  { engine, emulator }: Scene,
  method: string,
  moment: Kill["moment"],
): Promise<{ readonly said: string; readonly isKilled: boolean }> {
  const job = engine.start("up", "--yes", "--skip-preview");
  const stop = emulator.admin.onCall((called, at) => {
    if (called !== method || at !== moment) return;
    stop();
    job.child.kill("SIGKILL");
    if (moment === "before") throw new Error("the call has not arrived");
  });
  const { stdout, stderr } = await job.ended;
  stop();
  return { said: `${stdout}${stderr}`, isKilled: job.child.signalCode === "SIGKILL" };
}
