import { ids } from "../../emulator";
import { functionNames } from "../../provider/functions";
import { adapters } from "../../tools/engine/program";
import { argumentsOf, inJavaScript, keyOf } from "../kinds/program";
import { everyAnswer, isForeseen, otherLinks, ownToken, questions, secretNames } from "./every-answer";
import { complaintsOf, openScene, writesOf } from "./scene";

const program = inJavaScript(
  otherLinks,
  `
const home = new gitpod.Environment("home", { name: "Home", spec: { machine: { class: "${ids.smallClass}" } } });
const project = new gitpod.Project("project", {
  name: "Shop",
  initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] },
});
const service = new gitpod.Service("service", {
  environmentId: home.id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
});
const task = new gitpod.Task("task", {
  environmentId: home.id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
});
const run = new gitpod.TaskExecution("run", { taskId: task.id });
const secret = new gitpod.Secret("secret", { name: "TOKEN", value: "v", apiOnly: true, scope: { projectId: project.id } });
const own = new gitpod.HostAuthenticationToken("own", ${JSON.stringify(ownToken)});
const invite = new gitpod.OrganizationInvite("invite", {});
const first = (list) => list.apply(([found]) => found);
module.exports = async () => ({
  getProject: gitpod.getProjectOutput({ projectId: project.id }).metadata.name,
  getEnvironment: gitpod.getEnvironmentOutput({ environmentId: home.id }).metadata.name,
  getService: gitpod.getServiceOutput({ id: service.id }).metadata.reference,
  getTask: gitpod.getTaskOutput({ id: task.id }).metadata.reference,
  getTaskExecution: gitpod.getTaskExecutionOutput({ id: run.id }).status.phase,
${questions
  .map(({ name, args, after, list }) => {
    const call = `gitpod.${name}Output(${argumentsOf(otherLinks, args)}, { dependsOn: ${keyOf(after)} })`;
    return `  ${name}: ${list ? `first(${call})` : call},\n`;
  })
  .join(
    "",
  )}  listSecrets: first(gitpod.listSecretsOutput({ filter: { scope: { projectId: secret.scope.projectId } } })).name,
  listProjects: first(gitpod.listProjectsOutput({ filter: { projectIds: [project.id] } })).metadata.name,
  listEnvironments: first(gitpod.listEnvironmentsOutput({ filter: { runnerIds: [home.metadata.runnerId] } })).metadata.name,
  listServices: first(gitpod.listServicesOutput({ filter: { environmentIds: [service.environmentId] } })).metadata.reference,
  listTasks: first(gitpod.listTasksOutput({ filter: { environmentIds: [task.environmentId] } })).metadata.reference,
  listTaskExecutions: first(gitpod.listTaskExecutionsOutput({ filter: { taskIds: [run.metadata.taskId] } })).status.phase,
  listIntegrationDefinitions: first(gitpod.listIntegrationDefinitionsOutput()).id,
  listEnvironmentClasses: (await gitpod.listEnvironmentClasses({ filter: { enabled: true } }))[0].enabled,
  getEnvironmentClass: (await gitpod.getEnvironmentClass({ environmentClassId: "${ids.smallClass}" })).id,
  getAuthenticatedIdentity: (await gitpod.getAuthenticatedIdentity()).organizationId,
  getOrganizationInviteSummary: gitpod.getOrganizationInviteSummaryOutput({ inviteId: invite.inviteId }).organizationId,
  getHostAuthenticationToken: gitpod.getHostAuthenticationTokenOutput({ id: own.id }).host,
  listHostAuthenticationTokens: first(gitpod.listHostAuthenticationTokensOutput({ filter: { subjectId: own.subject.id } }, { dependsOn: own })).host,
  getUser: (await gitpod.getUser({ userId: "${ids.owner}" })).id,
  getRunnerConfigurationSchema: gitpod.getRunnerConfigurationSchemaOutput({ runnerId: "${ids.runner}" }).version,
  runnerLogsToken: gitpod.runnerLogsTokenOutput({ runnerId: "${ids.runner}" }).accessToken,
  serviceAccountAccessToken: gitpod.serviceAccountAccessTokenOutput({ serviceAccountId: serviceAccount.id }).token,
  webhookSecret: gitpod.webhookSecretOutput({ webhookId: webhook.id }).secret,
  environmentLogsToken: gitpod.environmentLogsTokenOutput({ environmentId: home.id }).accessToken,
  markEnvironmentActive: gitpod.markEnvironmentActiveOutput({
    environmentId: home.id,
    activitySignal: { source: "a test" },
  }),
  verifyDomain: gitpod.verifyDomainOutput({ domainVerificationId: domainVerification.id }).state,
});
`,
);

test.each(adapters)("on the %s adapter every function answers, and what is secret stays so", async (adapter) => {
  const scene = await openScene({ adapter, program });
  const { engine } = scene;

  const preview = await engine.preview();
  const up = await engine.up();
  const outputs = await engine.outputs();
  const shown = JSON.parse((await engine.run("stack", "output", "--json")).stdout);
  writesOf(scene);
  const another = await engine.preview();
  const written = writesOf(scene);

  const runs = [preview, up, another];
  expect([runs.flatMap(complaintsOf).filter((line) => !isForeseen(line)), runs.map(({ code }) => code)]).toEqual([
    [],
    [0, 0, 0],
  ]);
  expect(outputs).toMatchObject(everyAnswer);
  expect(Object.keys(outputs).sort()).toEqual([...functionNames].sort());
  for (const name of secretNames) expect(shown[name]).toBe("[secret]");
  expect(written).toEqual([]);
});
