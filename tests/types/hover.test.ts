import { createCompiler } from "./compiler";

jest.setTimeout(60_000);

const compiler = createCompiler();

const imports = `
  import * as pulumi from "@pulumi/pulumi";
  import * as gitpod from "pulumi-gitpod";
`;

const service = (spec: string) => `${imports}
  new gitpod.Service("web", {
    environmentId: "e",
    metadata: { reference: "web", name: "Web" },
    spec: ${spec},
  });
`;

test("an editor shows arguments under names that a person reads, with the comments of the API", () => {
  const program = `${service('{ commands: { start: "npm start" }, env: [], runsOn: { docker: { image: "node" } } }')}
    new gitpod.Environment("a", { spec: { ports: [{ port: 3000 }] } });
    gitpod.listServicesOutput({ filter: { roles: [] } });
  `;

  const shown = ["Service(", "spec:", "commands:", "env:", "docker:", "ports:", "listServicesOutput", "filter:"].map(
    (name) => compiler.hover(program, name).split("\n")[0],
  );
  const [, comment] = compiler.hover(program, "commands:").split("\n");

  expect(shown).toEqual([
    "constructor Service(name: string, args: gitpod.ServiceArgs, opts?: pulumi.CustomResourceOptions): gitpod.Service",
    "(property) spec: pulumi.Input<gitpod.ServiceSpecArgs>",
    "(property) commands: pulumi.Input<gitpod.ServiceSpecCommandsArgs>",
    "(property) env?: pulumi.Input<readonly pulumi.Input<gitpod.EnvironmentVariableItemArgs>[] | undefined>",
    "(property) docker?: pulumi.Input<gitpod.RunsOnDockerArgs | undefined>",
    "(property) ports?: pulumi.Input<readonly pulumi.Input<gitpod.EnvironmentSpecEnvironmentPortArgs>[] | undefined>",
    "function listServicesOutput(args?: gitpod.ListServicesOutputArgs, opts?: gitpod.FunctionOutputOptions): pulumi.Output<gitpod.ListServicesResult>",
    "(property) filter?: pulumi.Input<gitpod.ListServicesRequestFilterArgs | undefined>",
  ]);
  expect(comment).toBe("The commands that start, check and stop the service.");
});

test("the error for an argument that is misspelled or missing names it, and no type that a person has not seen", () => {
  const errors = ['{ commands: { strat: "a" } }', "{ env: [] }", '{ commands: { start: "a" }, envv: [] }'].flatMap(
    (spec) => compiler.errors(service(spec)),
  );

  expect(errors.map((error) => error.replace(/^spec: .*,: /, ""))).toEqual([
    "Object literal may only specify known properties, and 'strat' does not exist in type 'Input<ServiceSpecCommandsArgs>'.",
    "Type '{ env: never[]; }' is not assignable to type 'Input<ServiceSpecArgs>'.\n  Property 'commands' is missing in type '{ env: never[]; }' but required in type 'ServiceSpecArgs'.",
    "Object literal may only specify known properties, and 'envv' does not exist in type 'Input<ServiceSpecArgs>'.",
  ]);
});

test("a part of the arguments may be made by a function with the name that an editor shows", () => {
  const errors = compiler.errors(`${imports}
    const spec = (start: pulumi.Input<string>): gitpod.ServiceSpecArgs => ({ commands: { start } });
    const env: gitpod.EnvironmentVariableItemArgs[] = [{ name: "A", value: pulumi.output("b") }];
    new gitpod.Service("a", {
      environmentId: "e",
      metadata: { reference: "a", name: "A" },
      spec: { ...spec(pulumi.output("npm start")), env },
    });
    new gitpod.Task("b", { environmentId: "e", metadata: { reference: "b", name: "B" }, spec: { command: "a", env } });
  `);

  expect(errors).toEqual([]);
});
