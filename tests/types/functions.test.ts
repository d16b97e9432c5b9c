import { createCompiler } from "./compiler";

jest.setTimeout(60_000);

const compiler = createCompiler();

const imports = `
  import * as pulumi from "@pulumi/pulumi";
  import * as gitpod from "pulumi-gitpod";
  declare const group: gitpod.Group;
  declare const provider: gitpod.Provider;
`;

test("functions take plain values or outputs, and give what the API always has without asking whether it is there", () => {
  const errors = compiler.errors(`${imports}
    async function plain(): Promise<string[]> {
      const classes = await gitpod.listEnvironmentClasses({ filter: { enabled: true, runnerIds: ["r"] } });
      const one = await gitpod.getEnvironmentClass({ environmentClassId: "c" }, { provider });
      const { organizationId, subject } = await gitpod.getAuthenticatedIdentity();
      const principal: gitpod.Principal | undefined = subject?.principal;
      return [...classes.map(({ id }) => id), one.displayName, organizationId, String(principal)];
    }
    async function more(): Promise<(string | undefined)[]> {
      const project = await gitpod.getProject({ projectId: "p" });
      const environments = await gitpod.listEnvironments({ filter: { projectIds: [project.id] } });
      const { accessToken } = await gitpod.environmentLogsToken({ environmentId: environments[0]?.id ?? "" });
      await gitpod.markEnvironmentActive({ environmentId: "e", activitySignal: { source: "s" } });
      return [project.metadata?.name, environments[0]?.status?.phase, accessToken];
    }
    export const token: pulumi.Output<string> = gitpod.environmentLogsTokenOutput({ environmentId: group.id }).accessToken;
    export const some: pulumi.Output<string>[] = [
      gitpod.getEnvironmentClassOutput({ environmentClassId: group.id }).displayName,
      gitpod.getAuthenticatedIdentityOutput({ parent: group }).organizationId,
    ];
    export const ids: pulumi.Output<string[]> = gitpod
      .listEnvironmentClassesOutput({ filter: { runnerIds: [group.id] } })
      .apply((classes) => classes.map(({ id }) => id));
  `);

  expect(errors).toEqual([]);
});

test("a function refuses what is missing, unknown or of another type, and pages", () => {
  const errors = compiler.errors(`${imports}
    gitpod.getEnvironmentClass();
    gitpod.getEnvironmentClass({});
    gitpod.getEnvironmentClass({ environmentClasId: "c" });
    gitpod.getEnvironmentClass({ environmentClassId: group.id });
    gitpod.listEnvironmentClasses({ pagination: { pageSize: 1 } });
    gitpod.listEnvironmentClasses({ filter: { enabled: "yes" } });
    gitpod.listEnvironmentClasses({}, { provider: group });
    gitpod.getService({ serviceId: "s" });
    gitpod.listProjects({ filter: { serach: "s" } });
    gitpod.getGroup({ groupId: "g" });
    gitpod.listSecretsOutput({ filter: { projectIds: ["p"] } });
  `);

  expect(errors).toEqual([
    expect.stringMatching(/^gitpod.getEnvironmentClass\(\);: Expected 1-2 arguments, but got 0/),
    expect.stringMatching(/^gitpod.getEnvironmentClass\({}\).*'environmentClassId' is missing/s),
    expect.stringMatching(/environmentClasId: "c".*Did you mean to write 'environmentClassId'\?/),
    expect.stringMatching(/environmentClassId: group\.id.*'Output<string>' is not assignable to type 'string'/s),
    expect.stringMatching(/'pagination' does not exist/),
    expect.stringMatching(/'string' is not assignable to type 'boolean/),
    expect.stringMatching(/Type 'Group' is missing the following properties from type 'Provider': #account/),
    expect.stringMatching(/'serviceId' does not exist/),
    expect.stringMatching(/'serach' does not exist|Did you mean to write 'search'/),
    expect.stringMatching(/'groupId' does not exist in type 'GetGroupArgs'/),
    expect.stringMatching(/'projectIds' does not exist in type 'ListSecretsRequestFilterArgs/),
  ]);
});
