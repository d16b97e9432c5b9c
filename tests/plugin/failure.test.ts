import { ids } from "../../emulator";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { openScene, outcomeOf, type Scene, stateOf } from "../engine/scene";

const spec = { machine: { class: ids.smallClass } };

const environment = (name: string) => yaml({ resources: { environment: gitpod("Environment", { name, spec }) } });

const service = (start: string) =>
  yaml({
    resources: {
      home: gitpod("Environment", { spec }),
      service: gitpod("Service", {
        environmentId: `\${home.id}`,
        metadata: { reference: "web", name: "Web" },
        spec: { commands: { start } },
      }),
    },
  });

const cases = {
  environment: {
    unlucky: environment("fail-start-once"),
    mended: environment("fail-start-once"),
    says: /^environment: 1 error occurred:\n\t\* Environment \S+ did not reach RUNNING, it is STOPPED: cannot initialize the content: .+\n/,
  },
  service: {
    unlucky: service("echo listening; exit 3"),
    mended: service("npm start"),
    says: /^service: 1 error occurred:\n\t\* Service \S+ did not reach RUNNING, it is FAILED: .+\n/,
  },
};

test.each(Object.entries(cases))(
  "%s: what fails to come up keeps its id in state, and the next up goes on with it",
  async (name, { unlucky, mended, says }) => {
    const scene = await openScene({ program: unlucky });
    const { engine } = scene;

    const first = outcomeOf(await engine.up());
    const failed = await stateOf(scene);
    engine.write(mended);
    const second = outcomeOf(await engine.up());
    const recovered = await stateOf(scene);
    const last = outcomeOf(await engine.up());

    expect(first.complaints).toContainEqual(expect.stringMatching(says));
    expect(failed[name]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      initErrors: [expect.any(String)],
    });
    expect(second).toMatchObject({ code: 0, complaints: [], operations: { [name]: "update" } });
    expect(idsOf(recovered)).toEqual(idsOf(failed));
    expect(Object.values(last.operations).filter((operation) => operation !== "same")).toEqual([]);
  },
);

test("an interrupted create ends at once with its id in state, and the next up goes on with it", async () => {
  const program = yaml({
    resources: {
      environment: gitpod("Environment", { spec }),
      task: gitpod("Task", {
        environmentId: `\${environment.id}`,
        metadata: { reference: "seed", name: "Seed" },
        spec: { command: "true" },
      }),
    },
  });
  const scene = await openScene({ program, pace: "manual" });
  const { engine, emulator } = scene;
  const up = engine.start("up", "--yes", "--skip-preview");

  await waitFor(scene);
  const began = Date.now();
  up.child.kill("SIGINT");
  const interrupted = await up.ended;
  const took = Date.now() - began;
  const kept = await stateOf(scene);
  const [made] = emulator.admin.objects("environments") as { id: string }[];
  emulator.settle();
  const next = await engine.up();
  const after = await stateOf(scene);

  expect(interrupted.code).not.toBe(0);
  expect(took).toBeLessThan(8000);
  expect(kept).toEqual({ environment: expect.objectContaining({ id: made?.id }) });
  expect(outcomeOf(next)).toEqual({
    code: 0,
    operations: { environment: expect.stringMatching(/same|update/), task: "create" },
    complaints: [],
  });
  expect(after.environment?.id).toBe(made?.id);
  expect(emulator.admin.objects("environments")).toHaveLength(1);
});

/** Resolves when the environment has been created and is waited for. */
const waitFor = ({ emulator }: Scene): Promise<void> =>
  new Promise((resolve) => {
    emulator.admin.onCall((method) => {
      if (method === "EnvironmentService/GetEnvironment") resolve();
    });
  });

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
