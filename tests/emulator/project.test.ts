import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { ProjectPhase } from "../../proto/gen/gitpod/v1/project_pb";
import { open, refusal, repository, small } from "./open";

const oneClass = { environmentClass: { case: "environmentClassId" as const, value: ids.smallClass }, order: 0 };

test("reads of a project leave its technical description out", async () => {
  const { projects } = open();
  const { project: created } = await projects.createProject({
    name: "Shop",
    initializer: repository,
    technicalDescription: "A shop",
  });
  const projectId = created?.id ?? "";

  const { project } = await projects.getProject({ projectId });
  const { projects: listed } = await projects.listProjects({});

  expect([created, project, listed[0]].map((one) => one?.technicalDescription)).toEqual(["A shop", "", ""]);
});

test("an update of a project changes what it states, empty paths clear, empty editors remove", async () => {
  const { projects } = open();
  const { project: created } = await projects.createProject({
    name: "Shop",
    initializer: repository,
    devcontainerFilePath: "dev.json",
    automationsFilePath: "automations.yaml",
  });
  const projectId = created?.id ?? "";
  await projects.updateProject({ projectId, recommendedEditors: { editors: { vscode: {} } } });
  const { project: edited } = await projects.getProject({ projectId });

  await projects.updateProject({ projectId, devcontainerFilePath: "", recommendedEditors: {} });
  const { project } = await projects.getProject({ projectId });

  expect(Object.keys(edited?.recommendedEditors?.editors ?? {})).toEqual(["vscode"]);
  expect(project).toMatchObject({
    metadata: { name: "Shop" },
    devcontainerFilePath: "",
    automationsFilePath: "automations.yaml",
  });
  expect(project?.recommendedEditors).toBeUndefined();
});

test("the environment classes of a project are replaced as a whole", async () => {
  const { projects, addProject } = open();
  const projectId = await addProject();
  const update = (...projectEnvironmentClasses: (typeof oneClass)[]) =>
    projects.updateProjectEnvironmentClasses({ projectId, projectEnvironmentClasses });
  const other = { environmentClass: { case: "environmentClassId" as const, value: ids.largeClass }, order: 1 };
  await update(oneClass, other);
  await update(other);

  const { projectEnvironmentClasses } = await projects.listProjectEnvironmentClasses({ projectId });

  expect(projectEnvironmentClasses.map(({ environmentClass, order }) => [environmentClass.value, order])).toEqual([
    [ids.largeClass, 1],
  ]);
  expect(await refusal(update())).toEqual([
    "InvalidArgument",
    "project_environment_classes: must contain at least 1 item(s)",
  ]);
});

test("a deleted project stays visible for a little", async () => {
  const { projects, addProject, path } = open();
  const projectId = await addProject();
  await projects.deleteProject({ projectId });

  const seen = await path(async () => {
    const { project } = await projects.getProject({ projectId });
    return ProjectPhase[project?.desiredPhase ?? 0] ?? "";
  });

  expect(seen).toEqual(["DELETED", "NotFound"]);
});

test("projects come by recent creation of environments, in the order that is asked for, or by id", async () => {
  let now = 1_000_000;
  const { projects, environments, addProject } = open({ now: () => now });
  const [idle, used, popular] = [await addProject("Idle"), await addProject("Used"), await addProject("Popular")];
  const created = async (projectId: string) => {
    const { environment } = await environments.createEnvironmentFromProject({ projectId, spec: small });
    return environment?.id ?? "";
  };
  const list = async (sort?: { field: string; order?: SortOrder }) =>
    (await projects.listProjects(sort === undefined ? {} : { sort })).projects.map(({ id }) => id);
  await created(used);
  const gone = [await created(popular), await created(popular)];
  for (const environmentId of gone) {
    await environments.deleteEnvironment({ environmentId, force: true });
  }

  expect(await list()).toEqual([popular, used, idle]);
  expect(await list({ field: "popularity" })).toEqual([popular, used, idle]);
  expect(await list({ field: "popularity", order: SortOrder.DESC })).toEqual([popular, used, idle]);
  expect(await list({ field: "popularity", order: SortOrder.ASC })).toEqual([idle, used, popular]);
  expect(await list({ field: "id" })).toEqual([idle, used, popular]);
  expect(await list({ field: "id", order: SortOrder.ASC })).toEqual([idle, used, popular]);
  expect(await list({ field: "id", order: SortOrder.DESC })).toEqual([popular, used, idle]);
  expect(await refusal(list({ field: "name" }))).toEqual([
    "InvalidArgument",
    "sort.field: name is neither id nor popularity",
  ]);
  now += 31 * 24 * 3_600_000;
  await created(idle);
  expect(await list()).toEqual([idle, used, popular]);
});

test("a project names the ten who have used it most recently and counts all, also when their environments are gone", async () => {
  const { emulator, as, projects, addProject } = open();
  const projectId = await addProject();
  const use = async (token: string) => {
    const { environments } = as(token);
    const { environment } = await environments.createEnvironmentFromProject({ projectId, spec: small });
    await environments.deleteEnvironment({ environmentId: environment?.id ?? "", force: true });
  };
  const crowd = Array.from({ length: 12 }, (_, index) => ({
    token: `token-${index}`,
    id: `01900000-0000-7000-8000-0000000001${String(index).padStart(2, "0")}`,
  }));
  for (const { token, id } of crowd) {
    const subject = { id, principal: Principal.USER };
    emulator.admin.setToken(token, { subject, organizationId: ids.organization });
    await use(token);
  }
  await use("token-5");

  const { project } = await projects.getProject({ projectId });

  const latest = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2];
  expect(project?.usedBy?.subjects.map(({ id }) => id)).toEqual(latest.map((index) => crowd[index]?.id));
  expect(project?.usedBy?.totalSubjects).toBe(12);
});

test("insights of a project are not found until they are turned on, and turned off only after that", async () => {
  const { insights, addProject } = open();
  const projectId = await addProject();
  await addProject("Other");
  const status = () => refusal(insights.getProjectInsightsStatus({ projectId }));
  const summary = async () => insights.getInsightsSummary({ organizationId: ids.organization });

  expect((await status())[0]).toBe("NotFound");
  expect((await refusal(insights.disableProjectInsights({ projectId })))[0]).toBe("NotFound");
  await insights.enableProjectInsights({ projectId });
  expect(await insights.getProjectInsightsStatus({ projectId })).toMatchObject({ enabled: true });
  expect(await summary()).toMatchObject({ enabledProjectCount: 1n, totalProjectCount: 2n });
  await insights.disableProjectInsights({ projectId });
  await insights.disableProjectInsights({ projectId });
  expect((await status())[0]).toBe("NotFound");
  expect(await summary()).toMatchObject({ enabledProjectCount: 0n, totalProjectCount: 2n });
  expect((await refusal(insights.enableProjectInsights({ projectId: ids.owner })))[0]).toBe("NotFound");
});

test("insights that are on are collected, and are turned on by who administers the project", async () => {
  const { as, emulator, insights, addProject } = open({ now: () => 86_400_000 });
  const projectId = await addProject();
  await insights.enableProjectInsights({ projectId });
  const before = await insights.getProjectInsightsStatus({ projectId });
  emulator.settle();
  const after = await insights.getProjectInsightsStatus({ projectId });

  expect(before.lastRanAt).toBeUndefined();
  expect([after.lastRanAt?.seconds, after.dataCollectedThrough?.seconds]).toEqual([86_400n, 86_400n]);
  expect((await refusal(as(tokens.colleague).insights.disableProjectInsights({ projectId })))[0]).toBe(
    "PermissionDenied",
  );
  expect((await refusal(as(tokens.stranger).insights.enableProjectInsights({ projectId })))[0]).toBe("NotFound");
});

test("projects are found by id, text, repository and runner", async () => {
  const { projects, addProject } = open();
  const id = await addProject("Shop");
  await addProject("Blog");
  await projects.updateProjectEnvironmentClasses({ projectId: id, projectEnvironmentClasses: [oneClass] });
  const find = async (filter: object) => (await projects.listProjects({ filter })).projects.length;

  expect(await find({ projectIds: [id] })).toBe(1);
  expect(await find({ search: "sho" })).toBe(1);
  expect(await find({ specRemoteUris: ["https://github.com/acme/shop"] })).toBe(2);
  expect(await find({ specRemoteUris: ["https://github.com/acme/none"] })).toBe(0);
  expect(await find({ runnerIds: [ids.runner] })).toBe(1);
  expect(await find({ creatorIds: [ids.colleague] })).toBe(0);
});
