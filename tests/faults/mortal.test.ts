import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ids } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { environment, group } from "../../provider/resources";
import { requireFresh } from "../../tools/fresh";
import { homeInputs } from "../kinds/subject";
import { dynamic } from "./adapter";
import { createBench } from "./bench";
import { up } from "./engine";
import { killAt } from "./fault";
import { beginMortal } from "./mortal";
import { openPlace, settleHome } from "./scenario";

beforeAll(() => requireFresh());

test("a killed run gets no answer and makes no other call, and the next one in its process does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-mortal-"));
  const bench = createBench(dynamic);
  const { emulator, host, close } = await openPlace((await settleHome(bench, folder)).world);
  const before = emulator.admin.objects("environments").length;
  const life = await beginMortal(bench, host);
  killAt(emulator.admin, "EnvironmentService/CreateEnvironment", "after", life);
  const inputs = { ...homeInputs.environment, name: "Struck" };

  const struck = await up(life.provider, [], [life.resource(environment as Definition, "struck", inputs)]);
  emulator.admin.resetCalls();
  const next = await bench.begin(host);
  const reviewers = next.resource(group as Definition, "next", { organizationId: ids.organization, name: "Reviewers" });
  const { state, errors } = await up(next.provider, [], [reviewers]);
  const environments = emulator.admin.objects("environments").length;
  const late = Object.keys(emulator.calls()).filter((method) => method.startsWith("EnvironmentService/"));

  expect(struck).toEqual({ state: [], operations: {}, errors: ["struck: the process has ended"] });
  expect([errors, state.length, environments, late]).toEqual([[], 1, before + 1, []]);
  await life.close();
  await close();
  await bench.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}, 120_000);
