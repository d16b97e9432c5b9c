import { ids, tokens } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { gitpod, yaml } from "../../tools/engine/yaml";
import {
  everyAnswer,
  functionsOf,
  isForeseen,
  otherLinks,
  ownToken,
  questions,
  secretNames,
} from "../engine/every-answer";
import { complaintsOf, openScene, stateOf } from "../engine/scene";
import { markOf } from "../kinds/example";
import { inYaml, propertiesOf } from "../kinds/program";

const call = (name: string, args: JsonObject = {}): JsonObject => ({
  "fn::invoke": { function: `gitpod:${name}`, arguments: args },
});

const ofOwner = { filter: { subjectId: ids.owner } };

/** The program that calls every function, or only those whose arguments come from the resource that they are about. */
function program(isWhole: boolean): Record<string, string> {
  const environmentId = `\${home.id}`;
  const asked = questions.filter(({ args, after }) => isWhole || JSON.stringify(args).includes(markOf(after)));
  return inYaml(otherLinks, {
    resources: {
      home: gitpod("Environment", { name: "Home", spec: { machine: { class: ids.smallClass } } }),
      project: gitpod("Project", {
        name: "Shop",
        initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] },
      }),
      service: gitpod("Service", {
        environmentId,
        metadata: { reference: "web", name: "Web" },
        spec: { commands: { start: "npm start" } },
      }),
      task: gitpod("Task", {
        environmentId,
        metadata: { reference: "seed", name: "Seed" },
        spec: { command: "true" },
      }),
      secret: gitpod("Secret", {
        name: "TOKEN",
        value: "v",
        apiOnly: true,
        scope: { projectId: `\${project.id}` },
      }),
      invite: gitpod("OrganizationInvite", {}),
      own: gitpod("HostAuthenticationToken", ownToken),
      run: gitpod("TaskExecution", { taskId: `\${task.id}` }),
    },
    variables: {
      getProject: call("getProject", { projectId: `\${project.id}` }),
      getEnvironment: call("getEnvironment", { environmentId }),
      getService: call("getService", { id: `\${service.id}` }),
      getTask: call("getTask", { id: `\${task.id}` }),
      getTaskExecution: call("getTaskExecution", { id: `\${run.id}` }),
      ...Object.fromEntries(asked.map(({ name, args }) => [name, call(name, propertiesOf(otherLinks, args))])),
      listSecrets: call("listSecrets", { filter: { scope: { projectId: `\${secret.scope.projectId}` } } }),
      listProjects: call("listProjects", { filter: { projectIds: [`\${project.id}`] } }),
      listEnvironments: call("listEnvironments", { filter: { runnerIds: [`\${home.metadata.runnerId}`] } }),
      listServices: call("listServices", { filter: { environmentIds: [`\${service.environmentId}`] } }),
      listTasks: call("listTasks", { filter: { environmentIds: [`\${task.environmentId}`] } }),
      listTaskExecutions: call("listTaskExecutions", { filter: { taskIds: [`\${run.metadata.taskId}`] } }),
      listIntegrationDefinitions: call("listIntegrationDefinitions"),
      listEnvironmentClasses: call("listEnvironmentClasses", { filter: { enabled: true } }),
      getEnvironmentClass: call("getEnvironmentClass", { environmentClassId: ids.smallClass }),
      getAuthenticatedIdentity: call("getAuthenticatedIdentity"),
      getOrganizationInviteSummary: call("getOrganizationInviteSummary", { inviteId: `\${invite.inviteId}` }),
      getHostAuthenticationToken: call("getHostAuthenticationToken", { id: `\${own.id}` }),
      ...(isWhole && { listHostAuthenticationTokens: call("listHostAuthenticationTokens", ofOwner) }),
      getUser: call("getUser", { userId: ids.owner }),
      getRunnerConfigurationSchema: call("getRunnerConfigurationSchema", { runnerId: ids.runner }),
      runnerLogsToken: call("runnerLogsToken", { runnerId: ids.runner }),
      serviceAccountAccessToken: call("serviceAccountAccessToken", { serviceAccountId: `\${serviceAccount.id}` }),
      webhookSecret: call("webhookSecret", { webhookId: `\${webhook.id}` }),
      environmentLogsToken: call("environmentLogsToken", { environmentId }),
      markEnvironmentActive: call("markEnvironmentActive", {
        environmentId,
        activitySignal: { source: "a test" },
      }),
      verifyDomain: call("verifyDomain", { domainVerificationId: `\${domainVerification.id}` }),
    },
    outputs: {
      getProject: `\${getProject.metadata.name}`,
      getEnvironment: `\${getEnvironment.metadata.name}`,
      getService: `\${getService.metadata.reference}`,
      getTask: `\${getTask.metadata.reference}`,
      getTaskExecution: `\${getTaskExecution.status.phase}`,
      ...Object.fromEntries(asked.map(({ name, list }) => [name, `\${${name}${list ? `.${list}[0]` : ""}}`])),
      listSecrets: `\${listSecrets.secrets[0].name}`,
      listProjects: `\${listProjects.projects[0].metadata.name}`,
      listEnvironments: `\${listEnvironments.environments[0].metadata.name}`,
      listServices: `\${listServices.services[0].metadata.reference}`,
      listTasks: `\${listTasks.tasks[0].metadata.reference}`,
      listTaskExecutions: `\${listTaskExecutions.taskExecutions[0].status.phase}`,
      listIntegrationDefinitions: `\${listIntegrationDefinitions.definitions[0].id}`,
      listEnvironmentClasses: `\${listEnvironmentClasses.environmentClasses[0].enabled}`,
      getEnvironmentClass: `\${getEnvironmentClass.id}`,
      getAuthenticatedIdentity: `\${getAuthenticatedIdentity.organizationId}`,
      getOrganizationInviteSummary: `\${getOrganizationInviteSummary.organizationId}`,
      getHostAuthenticationToken: `\${getHostAuthenticationToken.host}`,
      ...(isWhole && { listHostAuthenticationTokens: `\${listHostAuthenticationTokens.tokens[0].host}` }),
      getUser: `\${getUser.id}`,
      getRunnerConfigurationSchema: `\${getRunnerConfigurationSchema.version}`,
      runnerLogsToken: `\${runnerLogsToken.accessToken}`,
      serviceAccountAccessToken: `\${serviceAccountAccessToken.token}`,
      webhookSecret: `\${webhookSecret.secret}`,
      environmentLogsToken: `\${environmentLogsToken.accessToken}`,
      markEnvironmentActive: `\${markEnvironmentActive}`,
      verifyDomain: `\${verifyDomain.state}`,
    },
  });
}

// YAML calls a function as soon as its arguments are known, whatever `dependsOn` says.
test("every function answers a YAML program, and what is secret stays so", async () => {
  const scene = await openScene({ program: program(false) });

  const runs = [await scene.engine.preview(), await scene.engine.up()];
  scene.engine.write(program(true));
  runs.push(await scene.engine.preview(), await scene.engine.up());
  const outputs = await scene.engine.outputs();
  const shown = JSON.parse((await scene.engine.run("stack", "output", "--json")).stdout);

  expect(runs.flatMap(complaintsOf).filter((line) => !isForeseen(line))).toEqual([]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(outputs).toMatchObject(everyAnswer);
  expect(Object.keys(outputs).sort()).toEqual(functionsOf("index"));
  for (const name of secretNames) expect(shown[name]).toBe("[secret]");
});

test("a wrong argument of a function is told with its path, and a refusal in the server's words", async () => {
  const scene = await openScene({
    program: yaml({ variables: { a: call("getProject", { projectId: "x" }) }, outputs: { a: `\${a}` } }),
  });
  const { engine } = scene;

  const wrong = await engine.preview();
  engine.write(yaml({ variables: { a: call("getProject", { projectId: ids.colleague }) }, outputs: { a: `\${a}` } }));
  const missing = await engine.preview();

  expect(`${wrong.stdout}${wrong.stderr}`).toMatch(/projectId: .*valid UUID|must be a valid UUID.*projectId/s);
  expect(`${missing.stdout}${missing.stderr}`).toMatch(/getProject: .*not/);
});

test("tokens and secrets are never in clear in the state, wherever the API repeats them", async () => {
  const canary = "canary-5b0c1d";
  const scene = await openScene({
    program: yaml({
      resources: {
        environment: gitpod("Environment", {
          name: "Demo",
          annotations: { owner: { "fn::secret": canary } },
          spec: { machine: { class: ids.smallClass }, content: { gitUsername: { "fn::secret": canary } } },
        }),
        secret: gitpod("Secret", {
          name: "TOKEN",
          value: canary,
          environmentVariable: true,
          scope: { organizationId: ids.organization },
        }),
        account: { type: "pulumi:providers:gitpod", properties: { token: tokens.owner } },
      },
    }),
  });

  const up = await scene.engine.up();
  const stored = (await scene.engine.run("stack", "export")).stdout;
  await scene.engine.refresh();
  const refreshed = (await scene.engine.run("stack", "export")).stdout;
  const { environment } = await stateOf(scene);

  expect(up.code).toBe(0);
  expect([stored, refreshed].map((text) => [canary, tokens.owner].filter((secret) => text.includes(secret)))).toEqual([
    [],
    [],
  ]);
  expect(JSON.stringify(environment?.outputs)).toContain(canary);
});
