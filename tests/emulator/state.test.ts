import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, toJson } from "@bufbuild/protobuf";
import { ListEnvironmentsResponseSchema } from "../../proto/gen/gitpod/v1/environment_pb";
import { open, small } from "./open";

function newFile() {
  return join(mkdtempSync(join(tmpdir(), "emulator-")), "state", "world.json");
}

test("a world survives in its file, and what it owes goes on", async () => {
  const stateFile = newFile();
  const before = open({ stateFile });
  const environmentId = await before.settled("resting");
  const id = await before.addService(environmentId, "sleep infinity");
  await before.automations.startService({ id });
  await before.environments.createEnvironment({ name: "coming up", spec: small });
  const list = async ({ environments }: typeof before) => {
    const response = await environments.listEnvironments({});
    return toJson(ListEnvironmentsResponseSchema, create(ListEnvironmentsResponseSchema, response));
  };
  const saved = await list(before);
  await before.emulator.close();

  const after = open({ stateFile });
  const loaded = await list(after);
  after.emulator.settle();

  expect(loaded).toEqual(saved);
  expect(await after.servicePhaseOf(id)).toBe("RUNNING");
  expect((await after.environments.listEnvironments({})).environments.map(({ status }) => status?.phase)).toEqual([
    40, 40,
  ]);
});

test("the file is never half written and keeps no draft beside it", async () => {
  const stateFile = newFile();
  const { emulator } = open({ stateFile });
  await emulator.close();

  expect(readdirSync(join(stateFile, ".."))).toEqual(["world.json"]);
  expect(JSON.parse(readFileSync(stateFile, "utf8")).version).toBe(1);
});

test("a file that is no state is refused and says what to do", async () => {
  const stateFile = newFile();
  await open({ stateFile }).emulator.close();
  writeFileSync(stateFile, '{"version": 7}');

  expect(() => open({ stateFile })).toThrow(
    `cannot read the emulator's state from ${stateFile}: the state has version 7, this emulator reads version 1; delete the file to start anew`,
  );
});
