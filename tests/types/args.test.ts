import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";
import { examples } from "../examples";
import { createCompiler } from "./compiler";

jest.setTimeout(60_000);

const compiler = createCompiler();
// What `tsc --init` and Pulumi's templates give, without the stricter options of this repository.
const plain = createCompiler({ exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false });

const imports = `
  import * as pulumi from "@pulumi/pulumi";
  import * as gitpod from "pulumi-gitpod";
`;

const service = (lines: string) => `${imports}
  new gitpod.Service("web", {
    environmentId: "e",
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "npm start" } },
    ${lines}
  });
`;

test.each(examples())("the example %s compiles, with strict options and with plain ones", (name) => {
  const folder = join(root, "examples", name);
  const program = readFileSync(join(folder, "index.ts"), "utf8").replaceAll(
    'from "./',
    `from "${folder.replaceAll("\\", "/")}/`,
  );

  const errors = [...compiler.errors(program), ...plain.errors(program)];

  expect(errors).toEqual([]);
});

test("a required argument that is missing is named, at the top and inside", () => {
  const errors = compiler.errors(`${imports}
    new gitpod.Group("a", { organizationId: "o" });
    new gitpod.Service("b", {
      environmentId: "e",
      metadata: { reference: "web", name: "Web" },
      spec: { commands: { ready: "true" } },
    });
    new gitpod.Environment("c", { spec: { ports: [{ name: "web" }], sshPublicKeys: [{}] } });
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^new gitpod\.Group.*Property 'name' is missing .* but required/s),
    expect.stringMatching(/^spec: { commands: { ready.*Property 'start' is missing/s),
  ]);
});

test("a misspelled argument is an error with a suggestion, and inside one at its place", () => {
  const errors = [
    service(`enviromentId: "e",`),
    service("").replace('name: "Web"', 'name: "Web", descripton: "x"'),
    service("").replace("spec: { commands", "specs: { commands"),
  ].flatMap(compiler.errors);

  expect(errors).toEqual([
    expect.stringMatching(/^enviromentId: "e",: .*Did you mean to write 'environmentId'\?/),
    expect.stringMatching(/^metadata: .*'descripton' does not exist in type/),
    expect.stringMatching(/^specs: .*Did you mean to write 'spec'\?/),
  ]);
});

test("a wrong enum value is an error with the value that is meant", () => {
  const errors = ['"SERVICE_PHASE_RUNING"', "gitpod.EnvironmentPhase.RUNNING", "gitpod.ServicePhase.RUNING"]
    .map((phase) => service("").replace("spec: {", `spec: { desiredPhase: ${phase},`))
    .flatMap(compiler.errors);

  expect(errors).toEqual([
    expect.stringMatching(/^spec: .*Did you mean '"SERVICE_PHASE_RUNNING"'\?/),
    expect.stringMatching(/^spec: .*Type '"ENVIRONMENT_PHASE_RUNNING"' is not assignable/),
    expect.stringMatching(/^spec: .*Property 'RUNING' does not exist .* Did you mean 'RUNNING'\?/),
  ]);
});

test("a value of the wrong type is an error, also inside an output", () => {
  const errors = compiler.errors(`${imports}
    new gitpod.Environment("a", { spec: { ports: [{ port: "3000" }] } });
    new gitpod.Environment("b", { name: 3 });
    new gitpod.Environment("c", { name: pulumi.output(3) });
    new gitpod.Environment("d", { annotations: { a: true } });
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^new gitpod\.Environment\("a".*'string' is not assignable to type 'Input<number/s),
    expect.stringMatching(/^new gitpod\.Environment\("b".*'number' is not assignable to type 'Input<string/s),
    expect.stringMatching(/^new gitpod\.Environment\("c".*'OutputInstance<number>' is not assignable/s),
    expect.stringMatching(/^new gitpod\.Environment\("d".*'boolean' is not assignable to type 'Input<string/s),
  ]);
});

test("what the server sets, and what the API has given up, is no argument", () => {
  const errors = compiler.errors(`${imports}
    new gitpod.Environment("a", { spec: { specVersion: "1" } });
    new gitpod.Environment("b", { spec: { ports: [{ port: 3000, authNonce: "1" }] } });
    new gitpod.Secret("c", { name: "ABC", value: "", scope: {}, projectId: "p" });
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^new gitpod\.Environment\("a".*'specVersion' does not exist/s),
    expect.stringMatching(/^new gitpod\.Environment\("b".*'authNonce' does not exist/s),
    expect.stringMatching(/^new gitpod\.Secret\("c".*'projectId' does not exist/s),
  ]);
});

test("outputs and promises of booleans, enums, lists, messages and what may be absent fit everywhere", () => {
  const errors = compiler.errors(`${imports}
    declare const flag: pulumi.Output<boolean>;
    declare const phase: pulumi.Output<gitpod.EnvironmentPhase>;
    declare const narrow: pulumi.Output<"ENVIRONMENT_PHASE_RUNNING" | "ENVIRONMENT_PHASE_STOPPED">;
    declare const maybe: pulumi.Output<string | undefined>;
    declare const lists: pulumi.Output<string[]>;
    declare const other: gitpod.Project;
    const environment = new gitpod.Environment("a", {
      projectId: other.id,
      forceDelete: flag,
      name: maybe,
      sessionId: undefined,
      annotations: pulumi.output({ a: "b" }),
      spec: Promise.resolve({
        desiredPhase: phase,
        machine: { class: maybe, preferDualDisk: flag },
        kernelControlsConfig: { veto: { exec: { denylist: lists } } },
        ports: [{ port: pulumi.output(3000), name: maybe, admission: Promise.resolve(gitpod.AdmissionLevel.EVERYONE) }],
        automationsFile: { triggerFilter: [{ manual: flag }] },
      }),
    });
    new gitpod.Environment("b", { spec: { desiredPhase: narrow } });
    new gitpod.Project("c", { name: "C", initializer: other.initializer, environmentClasses: other.environmentClasses });
    new gitpod.Task("d", {
      environmentId: environment.id,
      metadata: { reference: "d", name: "D", triggeredBy: [{ manual: flag }] },
      spec: { command: pulumi.interpolate\`echo \${maybe}\` },
      dependsOn: [other.id],
      run: { triggers: { a: other.id, b: "1" } },
    });
  `);

  expect(errors).toEqual([]);
});

test("the run of a task takes what an execution takes, but for the task", () => {
  const task = (run: string) =>
    `new gitpod.Task("a", { environmentId: "e", metadata: { reference: "a", name: "A" }, spec: { command: "a" }, run: ${run} });`;

  const right = compiler.errors(
    `${imports} ${task('{ adopt: "", desiredPhase: "TASK_EXECUTION_PHASE_RUNNING", triggers: { a: "1" } }')}`,
  );
  const wrong = ["{ triggres: {} }", '{ taskId: "t" }', "{ triggers: { a: 1 } }"].map(
    (run) => compiler.errors(`${imports} ${task(run)}`).length,
  );

  expect(right).toEqual([]);
  expect(wrong).toEqual([1, 1, 1]);
});

test("an argument may be a value made by a function with the type of the arguments", () => {
  const errors = compiler.errors(`${imports}
    const port = (number: number): gitpod.EnvironmentArgs => ({ spec: { ports: [{ port: number, name: "p" }] } });
    const list: gitpod.ServiceArgs[] = [];
    const readonlyList = [{ port: 3000, name: "a" }] as const;
    new gitpod.Environment("a", { ...port(3000), spec: { ports: readonlyList } });
  `);

  expect(errors).toEqual([]);
});

test("a part of the arguments may be made by a function of the program", () => {
  const errors = compiler.errors(`${imports}
    const env = (values: Record<string, string>): gitpod.EnvironmentVariableItemJson[] =>
      Object.entries(values).map(([name, value]) => ({ name, value }));
    const clone = (remoteUri: string): gitpod.EnvironmentInitializerJson => ({ specs: [{ git: { remoteUri } }] });
    const ports: gitpod.EnvironmentPortJson[] = [{ port: 3000, name: "web" }];
    new gitpod.Environment("a", { spec: { content: { initializer: clone("https://github.com/gitpod-io/empty") }, ports } });
    new gitpod.Task("b", {
      environmentId: "e",
      metadata: { reference: "b", name: "B" },
      spec: { command: "true", env: env({ A: "1" }) },
    });
  `);

  expect(errors).toEqual([]);
});

test("the comment of the API shows on an argument, at any depth", () => {
  const program = `${imports}
    new gitpod.Environment("a", { spec: { timeout: { disconnected: "1800s" } }, name: "A" });
    new gitpod.Service("b", {
      environmentId: "e",
      metadata: { reference: "b", name: "B" },
      spec: { commands: { start: "true" } },
    });
    new gitpod.Task("c", {
      environmentId: "e",
      metadata: { reference: "c", name: "C" },
      spec: { command: "true" },
      run: { triggers: {} },
    });
  `;

  const comments = ["disconnected:", "environmentId:", "start:", "triggers:"].map((name) =>
    compiler.hover(program, name),
  );

  expect(comments).toEqual([
    expect.stringContaining("at least 1800 seconds"),
    expect.stringContaining("The environment to add the service to."),
    expect.stringContaining("The command that runs the service"),
    expect.stringContaining("a change of any of them runs the task again"),
  ]);
});

test("an editor offers the arguments and the values of an enum", () => {
  const names = compiler.completions(`${imports} new gitpod.Service("a", { spec: { `, "spec: { ");
  const values = compiler.completions(
    `${imports} new gitpod.Service("a", { spec: { desiredPhase: "" } });`,
    'desiredPhase: "',
  );

  expect(names).toEqual(expect.arrayContaining(["commands", "desiredPhase", "env", "runsOn", "session"]));
  expect(names).not.toContain("specVersion");
  expect(values).toContain("SERVICE_PHASE_RUNNING");
});
