import { classicIds, ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { argumentsOf, inJavaScript, keyOf } from "../kinds/program";
import { everyAnswer, functionsOf, isForeseen, otherLinks, ownToken, questions, secretNames } from "./every-answer";
import { complaintsOf, javascript, openScene, outcomeOf, writesOf } from "./scene";

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
  expect(Object.keys(outputs).sort()).toEqual(functionsOf("index"));
  for (const name of secretNames) expect(shown[name]).toBe("[secret]");
  expect(written).toEqual([]);
});

const classicProgram = javascript(`
const classic = gitpod.experimental;
const team = new classic.Team("team", { name: "Delivery" });
const [teamId, contextUrl] = [team.id, "https://github.com/example/website"];
const desiredPhase = classic.WorkspaceInstanceStatusPhase.RUNNING;
const { id: workspaceId } = new classic.Workspace("workspace", { contextUrl, organizationId: teamId, desiredPhase });
const invitation = new classic.TeamInvitation("invitation", { teamId });
module.exports = async () => ({
  "experimental:getAuthenticatedUser": (await classic.getAuthenticatedUser()).id,
  "experimental:listEditorOptions": (await classic.listEditorOptions()).length > 0,
  "experimental:listWorkspaceClasses": (await classic.listWorkspaceClasses()).length > 0,
  "experimental:getTeam": classic.getTeamOutput({ teamId }).name,
  "experimental:getTeamInvitation": classic.getTeamInvitationOutput({ teamId }).id,
  "experimental:joinTeam": classic.joinTeamOutput({ invitationId: invitation.invitationId }).id,
  "experimental:listTeams": classic.listTeamsOutput({ dependsOn: invitation }).apply((found) => found.map(({ name }) => name)),
  "experimental:listTeamMembers": classic.listTeamMembersOutput({ teamId }).apply(([{ userId }]) => userId),
  "experimental:listWorkspaces": classic
    .listWorkspacesOutput({ organizationId: teamId }, { dependsOn: invitation })
    .apply((found) => found.length),
  "experimental:getWorkspace": classic.getWorkspaceOutput({ workspaceId }).context.contextUrl,
  "experimental:ownerToken": classic.ownerTokenOutput({ workspaceId }).token,
  "experimental:getDefaultWorkspaceImage": classic.getDefaultWorkspaceImageOutput({ workspaceId }).image,
  "experimental:updatePort": classic.updatePortOutput({
    workspaceId,
    port: { port: "8080", policy: "PORT_POLICY_PUBLIC" },
  }).apply(() => "open"),
});`);

test.each(adapters)(
  "on the %s adapter every function of Gitpod Classic answers, and a preview makes no call that acts or tells a secret",
  async (adapter) => {
    const scene = await openScene({ adapter, program: classicProgram });
    const { engine } = scene;

    const preview = outcomeOf(await engine.preview());
    const up = outcomeOf(await engine.up());
    const outputs = await engine.outputs();
    const shown = JSON.parse((await engine.run("stack", "output", "--json")).stdout);
    scene.emulator.admin.resetCalls();
    const another = outcomeOf(await engine.preview());
    const kept = Object.keys(scene.emulator.calls()).filter(
      (method) => !/\/(List|Get)(?!Team(s|Invitation)?$)/.test(method),
    );

    expect([preview, up, another].map(({ code, complaints }) => [code, complaints])).toEqual(Array(3).fill([0, []]));
    expect(outputs).toEqual({
      "experimental:getAuthenticatedUser": classicIds.owner,
      "experimental:listEditorOptions": true,
      "experimental:listWorkspaceClasses": true,
      "experimental:getTeam": "Delivery",
      "experimental:getTeamInvitation": expect.stringMatching(/./),
      "experimental:joinTeam": expect.stringMatching(/./),
      "experimental:listTeams": expect.arrayContaining(["Delivery"]),
      "experimental:listTeamMembers": classicIds.owner,
      "experimental:listWorkspaces": expect.any(Number),
      "experimental:getWorkspace": "https://github.com/example/website",
      "experimental:ownerToken": expect.stringMatching(/./),
      "experimental:getDefaultWorkspaceImage": expect.stringMatching(/./),
      "experimental:updatePort": "open",
    });
    expect(Object.keys(outputs).sort()).toEqual(functionsOf("experimental"));
    for (const name of ["getTeam", "getTeamInvitation", "joinTeam", "listTeams", "ownerToken"])
      expect(shown[`experimental:${name}`]).toBe("[secret]");
    expect(kept).toEqual([]);
  },
);
