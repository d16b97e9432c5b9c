import { ids } from "../../emulator";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { complaintsOf, objectsOf, openScene, writesOf } from "../engine/scene";

test("a preview tells all problems of a resource at once, each with its path, and writes nothing", async () => {
  const scene = await openScene({
    program: yaml({
      resources: {
        environment: gitpod("Environment", {
          projectId: "not an id",
          spec: { desiredPhase: "ENVIRONMENT_PHASE_STARTING", timeout: { disconnected: "soon" }, ports: [{ port: 0 }] },
        }),
      },
    }),
  });

  const preview = await scene.engine.preview();
  const up = await scene.engine.up();

  const problem = "environment: gitpod:index:Environment resource 'environment' has a problem: ";
  const expected = [
    "spec.desiredPhase: must be one of ENVIRONMENT_PHASE_RUNNING, ENVIRONMENT_PHASE_STOPPED",
    'spec.timeout.disconnected: must be a duration such as "90s", "30m" or "1h30m"',
    expect.stringMatching(/^projectId: /),
    expect.stringMatching(/^spec\.ports\[0\]\.port: /),
    "spec.ports[0].name: must be at least 1 characters",
    "spec.ports[0].admission: is required, because an entry without it is removed",
  ];
  const reasons = (run: typeof preview) =>
    complaintsOf(run)
      .filter((line) => line.startsWith(problem))
      .map((line) => line.slice(problem.length));
  expect(reasons(preview)).toEqual(expected);
  expect(reasons(up)).toEqual(expected);
  expect([writesOf(scene), objectsOf(scene)]).toEqual([[], {}]);
});

test("in a preview outputs that follow from the inputs are known, others are unknown, and an update keeps what it does not touch", async () => {
  const program = (name: string, url = "https://example.com/a.git") =>
    yaml({
      resources: {
        project: gitpod("Project", { name, initializer: { specs: [{ git: { remoteUri: url } }] } }),
        group: gitpod("Group", { organizationId: ids.organization, name }),
        known: gitpod("Group", { organizationId: ids.organization, name: "Known", description: `\${group.name}` }),
        environment: gitpod("Environment", { name, spec: { machine: { class: ids.smallClass } } }),
        kept: gitpod("Group", { organizationId: `\${project.metadata.organizationId}`, name: "Kept" }),
        computed: gitpod("Group", {
          organizationId: ids.organization,
          name: "Computed",
          description: `It is \${environment.status.phase}`,
        }),
      },
      outputs: {
        name: `\${group.name}`,
        created: `\${project.metadata.createdAt}`,
        phase: `\${environment.status.phase}`,
      },
    });
  const scene = await openScene({ program: program("One") });
  const { engine } = scene;

  const creation = await engine.preview();
  const written = writesOf(scene);
  await engine.up();
  writesOf(scene);
  engine.write(program("Two"));
  const update = await engine.preview();
  const writtenByUpdate = writesOf(scene);

  expect(creation.stdout).toMatch(/name\s*: "One"/);
  expect(creation.stdout).toMatch(/created\s*: (output<string>|\[unknown\])/);
  expect(written).toEqual([]);
  expect(update.operations).toEqual({
    project: "update",
    group: "update",
    environment: "update",
    known: "update",
    kept: "same",
    computed: "update",
  });
  expect(update.differences.known).toEqual({ description: "update" });
  expect(update.stdout).not.toMatch(/created/);
  expect(writtenByUpdate).toEqual([]);
});
