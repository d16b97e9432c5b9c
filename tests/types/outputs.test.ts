import { createCompiler } from "./compiler";

jest.setTimeout(60_000);

const compiler = createCompiler();

const imports = `
  import * as pulumi from "@pulumi/pulumi";
  import * as gitpod from "pulumi-gitpod";
  declare const environment: gitpod.Environment;
  declare const service: gitpod.Service;
  declare const task: gitpod.Task;
  declare const execution: gitpod.TaskExecution;
  declare const project: gitpod.Project;
  declare const group: gitpod.Group;
  declare const secret: gitpod.Secret;
`;

test("what the API says about an object is there as typed outputs, whatever it is nested in", () => {
  const errors = compiler.errors(`${imports}
    export const outputs: pulumi.Output<string | undefined>[] = [
      service.status.phase, service.status.logUrl, service.spec.apply((spec) => spec.commands?.start),
      environment.status.environmentUrls.apply((urls) => urls?.ports?.[0]?.url),
      environment.metadata.creator.apply((creator) => creator?.id),
      execution.status.phase, project.metadata.organizationId, group.description, secret.filePath,
    ];
    export const always: pulumi.Output<string>[] = [service.environmentId, task.environmentId, group.name, group.id];
    export const run: gitpod.TaskExecution | undefined = task.execution;
  `);

  expect(errors).toEqual([]);
});

test("an output that may be absent says so", () => {
  const errors = compiler.errors(`${imports}
    export const description: pulumi.Output<string> = group.description;
    export const phase: pulumi.Output<gitpod.ServicePhase> = service.status.phase;
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^export const description.*'undefined' is not assignable to type 'string'/s),
    expect.stringMatching(/^export const phase.*'undefined' is not assignable/s),
  ]);
});

test("what is not stored is no output, at the top and inside", () => {
  const errors = compiler.errors(`${imports}
    group.memberCount;
    project.usedBy;
    secret.projectId;
    service.status.statusVersion;
    project.metadata.updatedAt;
    environment.status.activitySignal;
    execution.spec.apply(({ plan }) => plan?.[0]?.steps?.[0]?.task?.spec);
    environment.status.apply(({ content }) => content?.git?.changedFiles);
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^group.memberCount;: Property 'memberCount' does not exist/),
    expect.stringMatching(/^project.usedBy;: Property 'usedBy' does not exist/),
    expect.stringMatching(/^secret.projectId;: Property 'projectId' does not exist/),
    expect.stringMatching(/^service.status.statusVersion;: Property 'statusVersion' does not exist/),
    expect.stringMatching(/^project.metadata.updatedAt;: Property 'updatedAt' does not exist/),
    expect.stringMatching(/^environment.status.activitySignal;: Property 'activitySignal' does not exist/),
    expect.stringMatching(/^execution.*Property 'spec' does not exist/),
    expect.stringMatching(/^environment.*Property 'changedFiles' does not exist/),
  ]);
});

test("an argument is no output unless the API gives it back under the same name", () => {
  const errors = compiler.errors(`${imports}
    secret.value;
    environment.projectId;
    execution.triggers;
    task.run;
  `);

  expect(errors.map((error) => error.split(":")[0])).toEqual([
    "secret.value;",
    "environment.projectId;",
    "execution.triggers;",
    "task.run;",
  ]);
});

test("the comment of the API shows on an output", () => {
  const program = `${imports} service.status.failureMessage;`;

  const comment = compiler.hover(program, "failureMessage");

  expect(comment).toContain("The reason of a failure; empty when nothing failed.");
});

test("the list of output names of a class has all of them and no others", () => {
  const names = (list: string) => `
    import type { group } from "../../provider/resources/group";
    import type { OutputNames } from "../../sdk/outputs";
    ({ ${list} }) satisfies OutputNames<typeof group>;
  `;
  const all = ["organizationId", "name", "systemManaged", "createdAt", "updatedAt", "description", "directShare"];
  const listed = (each: string[]) => names(each.map((name) => `${name}: undefined`).join(", "));

  const errors = [all, all.slice(1), [...all, "memberCount"], [...all, "id"]].map((each) =>
    compiler.errors(listed(each)),
  );

  expect(errors).toEqual([
    [],
    [expect.stringMatching(/Property 'organizationId' is missing/)],
    [expect.stringMatching(/'memberCount' does not exist/)],
    [expect.stringMatching(/'id' does not exist/)],
  ]);
});
