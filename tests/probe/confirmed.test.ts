import { existsSync } from "node:fs";
import { join } from "node:path";
import { ids } from "../../emulator";
import { assumptions } from "../../probe/assumptions";
import { root } from "../../tools/root";
import { openScene } from "./scene";

test("each assumption has an id of its own, sentences, and files that exist", () => {
  const names = assumptions.map(({ id }) => id);
  const sentences = assumptions.flatMap(({ assumes, leans, probe }) => [
    assumes,
    ...(leans === undefined ? [] : [leans]),
    ...("cannot" in probe ? [probe.cannot] : []),
  ]);

  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z]+(-[a-z0-9]+)+$/.test(name))).toEqual([]);
  expect(sentences.filter((text) => !/^[A-Z`].*\.$/.test(text))).toEqual([]);
  expect(assumptions.flatMap(({ said }) => said).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(assumptions.filter(({ said }) => said.length === 0)).toEqual([]);
});

test("all that can be tried on the emulator is confirmed, and nothing stays", async () => {
  const { run, leftIn } = await openScene();
  const { results, left } = await run(assumptions, { environmentClassId: ids.smallClass });
  const notConfirmed = results.flatMap(({ assumption: { id, probe }, finding }) =>
    "run" in probe && finding.outcome !== "confirmed" ? [{ id, ...finding }] : [],
  );

  expect([notConfirmed, left.length, leftIn()]).toEqual([[], 0, []]);
});
