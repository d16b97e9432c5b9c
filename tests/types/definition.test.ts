import { createCompiler } from "./compiler";

jest.setTimeout(60_000);

const compiler = createCompiler();

/** A definition of an environment or a service with these lines, which are changed from what is right. */
const service = (lines: string) => `
  import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
  import { defineResource } from "../../provider/model/definition";
  const automations = EnvironmentAutomationService.method;
  export const service = defineResource({
    kind: "Service",
    create: automations.createService,
    get: automations.getService,
    update: automations.updateService,
    delete: automations.deleteService,
    timeouts: { create: 60, update: 60, delete: 60 },
    ${lines}
  });
`;

const environment = (lines: string) => `
  import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
  import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
  import { defineResource } from "../../provider/model/definition";
  const environments = EnvironmentService.method;
  export const environment = defineResource({
    kind: "Environment",
    create: environments.createEnvironment,
    createWith: { projectId: environments.createEnvironmentFromProject },
    update: environments.updateEnvironment,
    delete: environments.deleteEnvironment,
    timeouts: { create: 60, update: 60, delete: 60 },
    ${lines}
  });
`;

const project = (lines: string) => `
  import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
  import { defineResource } from "../../provider/model/definition";
  export const project = defineResource({
    kind: "Project",
    create: ProjectService.method.createProject,
    update: ProjectService.method.updateProject,
    delete: ProjectService.method.deleteProject,
    timeouts: { create: 60, update: 60, delete: 60 },
    ${lines}
  });
`;

test("paths, fields and phases that exist are accepted", () => {
  const errors = [
    service(`
      required: ["environmentId", "metadata.reference", "spec.env[].name"],
      cannotClear: { "spec.readinessTimeout": "leave" },
      phase: {
        at: "status.phase",
        targets: { SERVICE_PHASE_RUNNING: automations.startService },
        failed: ["SERVICE_PHASE_FAILED"],
      },`),
    environment(`
      required: ["projectId", "forceDelete"],
      extra: { forceDelete: { method: environments.deleteEnvironment, field: "force", on: "delete" } },`),
    project('updateOnly: ["recommendedEditors"], required: ["recommendedEditors.editors"],'),
  ].flatMap(compiler.errors);

  expect(errors).toEqual([]);
});

test.each([
  ["required", 'required: ["metadata.referense"],', "metadata.reference"],
  ["required, in a list", 'required: ["spec.env[].nam"],', "spec.env[].name"],
  ["outputOnly", 'outputOnly: ["spec.specVersio"],', "spec.specVersion"],
  ["writeOnly", 'writeOnly: ["spec.sesion"],', "spec.session"],
  ["naturalKey", 'naturalKey: ["environmentIds"],', "environmentId"],
  ["volatile", 'volatile: ["status.statusVersio"],', "status.statusVersion"],
  ["phase.at", 'phase: { at: "status.phas" },', "status.phase"],
  ["phase.log", 'phase: { at: "status.phase", log: { at: "status.logUrll" } },', "status.logUrl"],
  ["phase.desired", 'phase: { at: "status.phase", desired: "spec.desiredPhas" },', "spec.desiredPhase"],
  ["phase.failed", 'phase: { at: "status.phase", failed: ["SERVICE_PHASE_FAILD"] },', "SERVICE_PHASE_FAILED"],
  ["phase.gone", 'phase: { at: "status.phase", gone: ["SERVICE_PHASE_DELETE"] },', "SERVICE_PHASE_DELETED"],
])("a wrong path or phase in %s of a definition is an error that says which one is meant", (_, lines, meant) => {
  const errors = compiler.errors(service(lines));

  expect(errors).toEqual([expect.stringContaining(`Did you mean '"${meant}"'?`)]);
});

test("a wrong phase among those that a definition can reach is an error that says which one is meant", () => {
  const lines = 'phase: { at: "status.phase", targets: { SERVICE_PHASE_RUNING: "by itself" } },';

  const errors = compiler.errors(service(lines));

  expect(errors).toEqual([expect.stringContaining("Did you mean to write 'SERVICE_PHASE_RUNNING'?")]);
});

// For a key in quotes the compiler has no suggestion.
test("a wrong path among those that a definition cannot clear is an error at its place", () => {
  const errors = compiler.errors(service('cannotClear: { "spec.readinessTimeot": "leave" },'));

  expect(errors).toEqual([expect.stringMatching(/^cannotClear: .*'"spec.readinessTimeot"' does not exist/)]);
});

test("a phase of another kind is an error", () => {
  const errors = compiler.errors(service('phase: { at: "status.phase", failed: ["ENVIRONMENT_PHASE_DELETED"] },'));

  expect(errors).toEqual([expect.stringMatching(/^phase: .*'"ENVIRONMENT_PHASE_DELETED"' is not assignable/)]);
});

test("a field that the request of an extra call does not have is an error at its place", () => {
  const lines = `extra: {
    forceDelete: { method: environments.deleteEnvironment, on: "delete",
      field: "forse",
    },
  },`;

  const errors = compiler.errors(environment(lines));

  expect(errors).toContainEqual(expect.stringMatching(/^field: "forse",: .* is not assignable/));
});

test("a field that the update request does not have is an error", () => {
  const errors = compiler.errors(project('updateOnly: ["recommendedEditor"],'));

  expect(errors).toEqual([expect.stringContaining(`Did you mean '"recommendedEditors"'?`)]);
});

test.each([
  ["sensitve", 'sensitve: ["metadata.name"],'],
  ["phase.faild", 'phase: { at: "status.phase", faild: ["SERVICE_PHASE_FAILED"] },'],
  ["phase.events.kind", 'phase: { at: "status.phase", events: { type: "SERVICE", environmnt: "environmentId" } },'],
  ["mergeBy.key", 'mergeBy: { "spec.env": { key: "name", removedWithot: "value" } },'],
  ["identity.filter", 'identity: { by: "key", fliter: { references: "metadata.reference" } },'],
  ["timeouts.creat", "timeouts: { create: 60, update: 60, delete: 60, creat: 60 },"],
])("a word that no definition knows is an error: %s", (_, lines) => {
  const errors = compiler.errors(service(lines).replace(/timeouts: .*\n(?=[\s\S]*timeouts)/, ""));

  expect(errors).toHaveLength(1);
});
