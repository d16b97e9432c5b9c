import { ids } from "../../emulator";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { complaintsOf, openScene, type Scene } from "./scene";

const machine = { class: ids.smallClass };
const port = (number: number, name: string) => ({ port: number, name, admission: "ADMISSION_LEVEL_CREATOR_ONLY" });

const program = (name: string) =>
  yaml({
    resources: {
      open: gitpod("Environment", { name: "open", spec: { machine, ports: [port(3000, "web"), port(4000, name)] } }),
      resting: gitpod("Environment", { name, spec: { machine, desiredPhase: "ENVIRONMENT_PHASE_STOPPED" } }),
    },
  });

test("where ports are replaced and stopped environments refuse updates, each up closes the ports that it does not change, and fails", async () => {
  const assume = { "environment-ports-merged": "replaced", "environment-update-stopped": "refused" } as const;
  const scene = await openScene({ program: program("api"), assume });
  await scene.engine.up();
  scene.engine.write(program("server"));

  const changing = await scene.engine.up();
  const closed = portsOf(scene);
  const refresh = await scene.engine.run("refresh", "--yes", "--skip-preview");
  await scene.engine.up();

  expect(changing.code).not.toBe(0);
  expect(complaintsOf(changing)).toContainEqual(
    expect.stringMatching(/^resting: .*could not update Environment \S+: environment \S+ is stopped\./s),
  );
  expect(closed).toEqual([4000]);
  expect(refresh.code).toBe(0);
  expect(portsOf(scene)).toEqual([3000]);
});

/** The ports below those of the platform that the first environment has open. */
const portsOf = ({ emulator }: Scene): number[] =>
  [...emulator.world.environments.rows.values()]
    .filter(({ remote }) => remote.metadata.name === "open")
    .flatMap(({ remote }) => remote.spec.ports.map(({ port: number }) => number))
    .filter((number) => number < 10_000);
