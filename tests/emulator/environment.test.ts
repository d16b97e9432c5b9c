import { createClient } from "@connectrpc/connect";
import { createEmulator, ids } from "../../emulator";
import { EnvironmentPhase as Phase, EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";

const spec = { machine: { class: ids.smallClass } };

function open() {
  const emulator = createEmulator();
  const environments = createClient(EnvironmentService, emulator.transport());
  const phase = async (environmentId: string) => {
    const { environment } = await environments.getEnvironment({ environmentId });
    return Phase[environment?.status?.phase ?? 0];
  };
  const phases = async (environmentId: string) => {
    const seen = [await phase(environmentId)];
    while (emulator.step() > 0) {
      const next = await phase(environmentId).catch(() => "NOT_FOUND");
      if (seen.at(-1) !== next) {
        seen.push(next);
      }
    }
    return seen;
  };
  const create = async (name = "work") => {
    const { environment } = await environments.createEnvironment({ name, spec });
    return environment?.id ?? "";
  };
  return { emulator, environments, phase, phases, create };
}

test("a new environment comes up by itself", async () => {
  const { phases, create } = open();
  const id = await create();

  const seen = await phases(id);

  expect(seen).toEqual(["CREATING", "STARTING", "RUNNING"]);
});

test("an environment that runs is stopped before it is deleted, and is gone in the end", async () => {
  const { emulator, environments, phases, create } = open();
  const id = await create();
  emulator.settle();

  await environments.deleteEnvironment({ environmentId: id });
  const seen = await phases(id);

  expect(seen).toEqual(["STOPPING", "STOPPED", "DELETING", "DELETED", "NOT_FOUND"]);
});
