import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineRun } from "../../tools/engine/engine";
import { root } from "../../tools/root";
import { complaintsOf, objectsOf, openScene, type Scene, writesOf } from "../engine/scene";
import type { Kill } from "./fault";
import { killedIn } from "./killed-run";
import { candidateIn } from "./refusal";
import { drawn, isFull, seeded } from "./sample";

jest.setTimeout(1_800_000);

const program = readFileSync(join(root, "examples/runner/index.ts"), "utf8");
const moments: readonly Kill["moment"][] = ["before", "after"];

test(
  "a runner and all that needs it, killed at a write of their up and of their destroy, come up whole and go whole in the next",
  seeded("kills in examples/runner", async () => {
    const scene = await openScene({ program: "examples/runner", env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    const { engine } = scene;
    await engine.up();
    const whole = objectsOf(scene);
    const made = writesOf(scene);
    await engine.destroy();
    const ended = writesOf(scene);

    for (const [method, moment] of drawnOf(made)) {
      const { hasFallen } = await killedIn(scene, method, moment);
      const next = await goOn(scene);
      const up = { hasFallen, code: next.code, complaints: complaintsOf(next), objects: objectsOf(scene) };
      const last = await engine.destroy();
      engine.write({ "index.ts": program });

      const left = { code: last.code, objects: objectsOf(scene) };
      const brought = { hasFallen: true, code: 0, complaints: [], objects: whole };
      expect({ method, moment, up, left }).toEqual({ method, moment, up: brought, left: { code: 0, objects: {} } });
    }
    for (const [method, moment] of drawnOf(ended)) {
      await engine.up();
      const { hasFallen } = await killedIn(scene, method, moment, "destroy");
      const next = await engine.destroy();

      const end = { hasFallen, code: next.code, complaints: complaintsOf(next), objects: objectsOf(scene) };
      const gone = { hasFallen: true, code: 0, complaints: [], objects: {} };
      expect({ method, moment, end }).toEqual({ method, moment, end: gone });
    }
  }),
);

/** Runs the program again, and takes over what a refusal names as left by the run that was killed. */
async function goOn({ engine }: Scene): Promise<EngineRun> {
  const next = await engine.up();
  const refusal = complaintsOf(next).find((line) => candidateIn(line) !== undefined);
  const [, kind] = /could not create (\w+)/.exec(refusal ?? "") ?? [];
  if (refusal === undefined || kind === undefined) return next;
  const start = new RegExp(`new gitpod\\.${kind}\\(\\s*"[^"]*",\\s*\\{`);
  const renewal = refusal.includes("and state triggers to have a new") ? ' triggers: { made: "anew" },' : "";
  engine.write({ "index.ts": program.replace(start, `$& adopt: "${candidateIn(refusal)}",${renewal}`) });
  return engine.up();
}

/** The calls at which a run is killed: one of those that it makes, all in a full run. */
function drawnOf(methods: readonly string[]): [string, Kill["moment"]][] {
  const all = methods.flatMap((method) => moments.map((moment): [string, Kill["moment"]] => [method, moment]));
  return isFull ? all : drawn(all, 1);
}
