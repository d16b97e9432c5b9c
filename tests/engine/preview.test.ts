import { join } from "node:path";
import { ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { complaintsOf, javascript, objectsOf, openScene, writesOf } from "./scene";

test.each(adapters)(
  "on the %s adapter a preview tells all problems of a resource at once, each with its path, and writes nothing",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(`
new gitpod.Service("web", {
  environmentId: "not an id",
  metadata: { reference: "a b", nmae: "Web" },
  spec: { comands: { start: "npm start" }, desiredPhase: "STARTING", readinessTimeout: "soon", env: [{ name: "" }, 3] },
});`),
    });

    const preview = await scene.engine.preview();
    const up = await scene.engine.up();

    const problem = `web: ${adapter === "plugin" ? "gitpod:index" : "pulumi-nodejs:dynamic/gitpod"}:Service resource 'web' has a problem: `;
    const expected = [
      "spec.desiredPhase: must be one of SERVICE_PHASE_RUNNING, SERVICE_PHASE_STOPPED",
      "metadata.nmae: no such property; did you mean name?",
      "spec.comands: no such property; did you mean commands?",
      "spec.env[1]: must be an object",
      'spec.readinessTimeout: must be a duration such as "90s", "30m" or "1h30m"',
      "metadata.name: is required",
      "spec.commands.start: is required",
      "environmentId: must be a valid UUID",
      "metadata.reference: does not match regex pattern `^[a-zA-Z0-9_-]{1,128}$`",
      "spec.env[0].name: must be at least 1 characters",
    ].map((reason) => `${problem}${reason}`);
    expect(complaintsOf(preview)).toEqual(expected);
    expect(complaintsOf(up)).toEqual(expected);
    expect([writesOf(scene), objectsOf(scene)]).toEqual([[], {}]);
  },
);

test("a preview tells what is wrong in an automations file with line and column, and that a file is missing", async () => {
  const program = (path: string) => ({
    ...javascript(`new gitpod.AutomationsFile("file", { environmentId: "${ids.owner}", path: "${path}" });`),
    "automations.yaml": "tasks:\n  lint:\n    nmae: Lint\n    command: npm run lint\n",
  });
  const scene = await openScene({ program: program("automations.yaml") });

  const wrong = await scene.engine.preview();
  scene.engine.write(program("missing.yaml"));
  const missing = await scene.engine.preview();

  const problem = "file: pulumi-nodejs:dynamic/gitpod:AutomationsFile resource 'file' has a problem: ";
  expect(complaintsOf(wrong)).toEqual([
    `${problem}automations.yaml, line 3, column 5: tasks.lint.nmae: no such property; did you mean name?`,
    `${problem}automations.yaml, line 2, column 3: tasks.lint.name: is required`,
  ]);
  expect(complaintsOf(missing)).toEqual([
    `${problem}path: there is no file ${join(scene.engine.folder, "missing.yaml")}`,
  ]);
  expect(writesOf(scene)).toEqual([]);
});

test.each(adapters)(
  "on the %s adapter a preview replaces what depends on the id of a replaced object, and nothing that depends on its other outputs",
  async (adapter) => {
    const program = (environmentClass: string, name: string) =>
      javascript(`
const environment = new gitpod.Environment("environment", { name: "${name}", spec: { machine: { class: "${environmentClass}" } } });
new gitpod.Task("inside", {
  environmentId: environment.id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
});
new gitpod.Group("beside", {
  organizationId: "${ids.organization}",
  name: "Beside",
  description: environment.metadata.name,
});`);
    const scene = await openScene({ adapter, program: program(ids.smallClass, "One") });
    const { engine } = scene;
    await engine.up();

    engine.write(program(ids.smallClass, "Two"));
    const update = await engine.preview();
    engine.write(program(ids.largeClass, "One"));
    const replacement = await engine.preview();
    const up = await engine.up();

    expect(update.operations).toEqual({ environment: "update", inside: "same", beside: "update" });
    expect(update.differences).toMatchObject({ environment: { name: "update" } });
    // Only the plugin knows in a preview that the name stays, and says which difference replaces.
    const [beside, difference] = adapter === "plugin" ? ["same", "update-replace"] : ["update", "update"];
    expect(replacement.operations).toEqual({ environment: "replace", inside: "replace", beside });
    expect(replacement.differences).toMatchObject({
      environment: { "spec.machine.class": difference },
      inside: { environmentId: difference },
    });
    expect(up.operations).toEqual({ environment: "replace", inside: "replace", beside: "same" });
  },
);
