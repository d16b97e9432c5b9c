import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { hasTargets } from "../../provider/model/phase";
import { resourceField } from "../../provider/model/shape";
import { requireFresh } from "../../tools/fresh";
import { callsOf, subjects } from "../kinds/subject";
import { plugin } from "../plugin/adapter";
import { dynamic } from "./adapter";
import { createBench } from "./bench";
import { openPlace, settleHome } from "./scenario";

jest.setTimeout(300_000);

beforeAll(() => requireFresh());

test.each([
  ["dynamic", dynamic],
  ["plugin", plugin],
] as const)(
  "on the %s adapter a create that Pulumi calls again in the same process goes on with the object of the first call",
  async (_, adapter) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-retried-"));
    const bench = createBench(adapter);
    const unready: string[] = [];
    try {
      const { world, home } = await settleHome(bench, folder);
      for (const subject of subjects(home)) {
        const { emulator, host, close } = await openPlace(world);
        const { provider, resource } = await bench.beginAlone(host);
        const about = resource(subject.definition, "subject", subject.inputs);
        const { inputs } = await provider.check(about, {}, about.inputs);
        const [create] = callsOf(subject, "create");
        emulator.admin.onCall((method, moment) => {
          if (method === create && moment === "after")
            emulator.admin.fault({ method: "*", refuse: { code: "permission_denied" }, times: 1000 });
        });
        const first = await provider.create(about, inputs);
        emulator.admin.clearFaults();
        // What is ready with one answer fails in no other call.
        if (first.initErrors.length > 0) {
          unready.push(kindName(subject.definition));
          const before = [subject.table].flat().map((table) => emulator.admin.objects(table).length);
          const second = await provider.create(about, inputs);
          expect(second).toMatchObject({ id: first.id, initErrors: [] });
          expect([subject.table].flat().map((table) => emulator.admin.objects(table).length)).toEqual(before);
        }
        await close();
      }
    } finally {
      await bench.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }

    expect(unready).toEqual(
      subjects()
        .filter(({ definition }) => takesMoreCalls(definition))
        .map(({ definition }) => kindName(definition)),
    );
  },
);

/** Whether more than one call leads from nothing to an object that is ready. */
const takesMoreCalls = (definition: Definition): boolean => {
  const { create, update, extra = {}, once = {}, composed } = definition;
  const method = create ?? update;
  if (!method) return false;
  const isWhole = composed !== undefined || resourceField(definition, method) !== undefined;
  const isTold = Object.values(once).every((how) => how === "answer");
  const isSettled = !composed && !hasTargets(definition) && !Object.values(extra).some(({ on }) => on === "write");
  return !isWhole || !isTold || !isSettled;
};
